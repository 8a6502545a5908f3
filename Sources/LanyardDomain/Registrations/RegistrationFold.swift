/// Decides on the registrations of one event, one after the other: a later one sees the places that an earlier one took or
/// gave back. Facts in, effects out; a store reads the one and writes the other, in one transaction.
package struct RegistrationFold: Sendable {
  private let review: ReviewRule
  private let movingUp: MovingUp
  package private(set) var places: Places
  package private(set) var choices: ChoicePlaces

  package init(
    review: ReviewRule,
    places: Places,
    movingUp: MovingUp = .always,
    choices: ChoicePlaces = ChoicePlaces()
  ) {
    self.choices = choices
    self.review = review
    self.places = places
    self.movingUp = movingUp
  }

  /// What a request for a registration comes to.
  package enum Answer: Hashable, Sendable {
    /// One is made in this state.
    case made(RegistrationState)
    /// The same request made the one of this id before, which is the answer.
    case repeated(String)
  }

  /// Decides on a request for a registration.
  ///
  /// - Parameters:
  ///   - earlier: The request of the same id that was carried out before; nil where there is none.
  ///   - last: Where the live registration of the same e-mail address stands; where it has none, the last that has ended.
  ///   - overCapacity: Whether the person takes a place though none is left.
  /// - Throws: `RegistrationRefused.requestIDReused`, `alreadyRegistered`, `rejectedBefore`, `invalid` where a choice has no place
  ///   left.
  package mutating func register(
    _ details: RegistrationDetails,
    request: RequestIdentity?,
    earlier: EarlierRequest?,
    last: RegistrationState?,
    overCapacity: Bool = false
  ) throws(RegistrationRefused) -> Answer {
    if let request, let earlier {
      guard earlier.isRepeated(by: request) else { throw .requestIDReused }
      return .repeated(earlier.registration)
    }
    if let last, last.keepsOut(.request) { throw last.isLive ? .alreadyRegistered : .rejectedBefore }
    return .made(try begin(details, overCapacity: overCapacity))
  }

  /// Decides on a request that a stranger makes in public, whatever their address is known for.
  ///
  /// - Parameter earlier: The request of the same id that was carried out before; nil where there is none.
  /// - Throws: `RegistrationRefused.requestIDReused`.
  package func registerInPublic(
    request: RequestIdentity?,
    earlier: EarlierRequest?
  ) throws(RegistrationRefused) -> Answer {
    guard let request, let earlier else { return .made(.emailPending) }
    guard earlier.isRepeated(by: request) else { throw .requestIDReused }
    return .repeated(earlier.registration)
  }

  /// The state of a registration that was made in public once its address is confirmed: as if it were made now; and its details,
  /// without the choices for which no place is left meanwhile.
  ///
  /// - Parameter last: The live registration of the same e-mail address; where it has none, the last that has ended.
  /// - Throws: `RegistrationRefused.alreadyRegistered`, `rejectedBefore`.
  package mutating func verify(
    _ details: RegistrationDetails,
    last: RegistrationState?
  ) throws(RegistrationRefused) -> (details: RegistrationDetails, state: RegistrationState) {
    if let last, last.keepsOut(.request) { throw last.isLive ? .alreadyRegistered : .rejectedBefore }
    var details = details
    details.answers.own = choices.withRoom(details.answers.own)
    return (details, try begin(details))
  }

  /// Decides on a row of an import, which makes what is not there yet, and brings nobody back. What is there it changes only
  /// where that is asked for, by the rules by which fields are changed one by one.
  ///
  /// - Parameters:
  ///   - last: The live registration of the same e-mail address; where it has none, the last that has ended.
  ///   - updating: Whether a live registration that differs is changed.
  package mutating func take(_ row: ImportRow, last: Registration?, updating: Bool = false) -> ImportOutcome {
    guard let last else { return begin(row) }
    guard last.state.isLive else { return last.state.keepsOut(.list) ? .ended(last.state) : begin(row) }
    let differences = row.differences(from: last.details)
    guard let first = differences.first else { return .unchanged }
    guard updating else { return .differs(field: first.field.name) }
    let change = row.change(of: differences.map(\.field))
    do throws(RegistrationRefused) {
      let (details, state) = try self.change(last, by: change, last: last, etag: nil, as: .organiser)
      return .updated(ImportUpdate(registration: last, details: details, state: state, differences: differences))
    } catch {
      return .notUpdated(error)
    }
  }

  private mutating func begin(_ row: ImportRow) -> ImportOutcome {
    do throws(InvalidInput) {
      let details = try row.newDetails()
      do throws(RegistrationRefused) {
        return .imported(try begin(details))
      } catch {
        return .notUpdated(error)
      }
    } catch {
      return .notUpdated(.invalid(error))
    }
  }

  /// The state of a registration after a step.
  ///
  /// - Parameters:
  ///   - other: The live registration of the same e-mail address, where that is another one; looked at where a step brings
  ///     somebody back.
  ///   - etag: Where given, the registration must still have it.
  ///   - discretion: Of who takes it.
  /// - Throws: `RegistrationRefused.changedMeanwhile`, `alreadyRegistered`, `decisionNeeded`, `noPlace`, `invalid` where it comes
  ///   back and a choice has no place left, and `step` where it does not lead on from its state.
  package mutating func take(
    _ step: RegistrationStep,
    on registration: Registration,
    other: Registration? = nil,
    etag: String?,
    as discretion: Discretion = .organiser
  ) throws(RegistrationRefused) -> RegistrationState {
    try registration.requireUnchanged(since: etag)
    if step == .restore, registration.state == .rejected, !discretion.mayDecide { throw .decisionNeeded }
    if step == .restore, !registration.state.isLive {
      // Nobody takes part with what is left of somebody who was erased.
      if registration.erasedAt != nil { throw .step(RegistrationStepRefused(step: step, state: registration.state)) }
      if let other, other.id != registration.id, other.state.isLive { throw .alreadyRegistered }
    }
    let (participation, group) = (registration.details.participation, registration.details.stakeholderGroup)
    let isFree =
      step == .moveUp
      ? places.hasPlace(for: participation, of: group) : places.hasRoom(for: participation, of: group)
    let hasPlace = discretion.overCapacity || isFree
    if step == .moveUp, registration.state == .waitlisted, !hasPlace { throw .noPlace }
    let state: RegistrationState
    do throws(RegistrationStepRefused) {
      state = try registration.state.after(
        step,
        hasPlace: hasPlace,
        isReviewed: reviews(registration.details)
      )
    } catch {
      throw .step(error)
    }
    let answers = registration.details.answers
    try requireRoom(for: answers, in: state, from: answers, in: registration.state)
    choose(answers, in: state, from: answers, in: registration.state)
    places.count(participation, of: group, from: registration.state, to: state)
    return state
  }

  /// What changing some fields of a registration comes to: its details then, and its state. A place is taken or given back with
  /// the participation; who waits for one needs none from elsewhere.
  ///
  /// - Parameters:
  ///   - last: The live registration of the new e-mail address; where it has none, the last that has ended.
  ///   - etag: Where given, the registration must still have it.
  ///   - discretion: Of who changes it.
  /// - Throws: `RegistrationRefused.changedMeanwhile`, `erased`, `invalid`, `alreadyRegistered`, `rejectedBefore`,
  ///   `decisionNeeded`, `noPlace`.
  package mutating func change(
    _ registration: Registration,
    by change: RegistrationChange,
    last: Registration?,
    etag: String?,
    as discretion: Discretion
  ) throws(RegistrationRefused) -> (details: RegistrationDetails, state: RegistrationState) {
    try registration.requireUnchanged(since: etag)
    let (before, state) = (registration.details, registration.state)
    guard registration.erasedAt == nil else { throw .erased(registration.id, of: registration.event) }
    let details: RegistrationDetails
    do throws(InvalidInput) {
      details = try change.applied(to: before, isOwn: discretion.isOwn)
      if discretion.isOwn { try details.requireOwnToChange(from: before, review) }
    } catch {
      throw .invalid(error)
    }
    guard state.isLive else {
      // What was decided against somebody is known by their address: another one would lift it.
      if !discretion.mayDecide, details.email != before.email { throw .decisionNeeded }
      return (details, state)
    }
    if let last, last.id != registration.id, last.state.keepsOut(.request) {
      throw last.state.isLive ? .alreadyRegistered : .rejectedBefore
    }
    if !discretion.mayDecide, reviews(details), !reviews(before) { throw .decisionNeeded }
    try requireRoom(for: details.answers, in: state, from: before.answers, in: state)
    guard details.participation != before.participation else {
      try move(before, to: details, in: state, overCapacity: discretion.overCapacity)
      choose(details.answers, in: state, from: before.answers, in: state)
      return (details, state)
    }
    places.count(before.participation, of: before.stakeholderGroup, from: state, to: nil)
    let hasPlace =
      discretion.overCapacity || places.hasRoom(for: details.participation, of: details.stakeholderGroup)
    let new: RegistrationState
    switch state {
    case .waitlisted: new = hasPlace ? .confirmed : .waitlisted
    case .confirmed:
      guard hasPlace else { throw .noPlace }
      new = .confirmed
    case .emailPending, .submitted, .rejected, .cancelled: new = state
    }
    choose(details.answers, in: new, from: before.answers, in: state)
    places.count(details.participation, of: details.stakeholderGroup, from: nil, to: new)
    return (details, new)
  }

  /// Counts who comes to another group and takes part as before: who has a place needs one of the new group's quota.
  ///
  /// - Throws: `RegistrationRefused.noPlace`.
  private mutating func move(
    _ before: RegistrationDetails,
    to details: RegistrationDetails,
    in state: RegistrationState,
    overCapacity: Bool
  ) throws(RegistrationRefused) {
    let (old, new) = (before.stakeholderGroup, details.stakeholderGroup)
    guard old != new else { return }
    let hasPlace = overCapacity || places.hasPlace(movingTo: new)
    if state.takesPlace(details.participation), !hasPlace { throw .noPlace }
    places.count(details.participation, of: old, from: state, to: nil)
    places.count(details.participation, of: new, from: nil, to: state)
  }

  /// What erasing who a registration is of comes to; nil where they were erased before, whatever has changed since.
  ///
  /// - Parameters:
  ///   - badges: All that it has had, in the order in which they were given.
  ///   - etag: Where given, the registration must still have it.
  /// - Throws: `RegistrationRefused.changedMeanwhile`.
  package mutating func erase(
    _ registration: Registration,
    badges: [Badge],
    etag: String?
  ) throws(RegistrationRefused) -> Erasure? {
    guard registration.erasedAt == nil else { return nil }
    try registration.requireUnchanged(since: etag)
    let erasure = Erasure(of: registration.state, badges: badges)
    choose(Answers(), in: erasure.state, from: registration.details.answers, in: registration.state)
    let details = registration.details
    places.count(details.participation, of: details.stakeholderGroup, from: registration.state, to: erasure.state)
    return erasure
  }

  /// How many of those who wait may get a place by themselves at a moment, of whom no more than `limit` are asked for: so many
  /// places are free, whatever groups' quotas say.
  package func freeForWaiting(upTo limit: Int, at now: Instant) -> Int {
    movingUp.isOn(at: now) ? places.free(upTo: limit) : 0
  }

  /// Of those who wait, the longest waiting first, those who are confirmed now.
  ///
  /// - Parameter group: Of which each is.
  package mutating func moveUp<Waiting>(
    _ waiting: [Waiting],
    at now: Instant,
    group: (Waiting) -> String = { _ in "" }
  ) -> [Waiting] {
    movingUp.isOn(at: now) ? places.give(to: waiting, group: group) : []
  }

  /// Whether a registration that has come to a state took a place though none was left.
  package func wentOver(_ details: RegistrationDetails, _ state: RegistrationState, from before: Registration?) -> Bool
  {
    let hadPlace = before.map { $0.state.takesPlace($0.details.participation) } ?? false
    return places.isOver(for: details.stakeholderGroup) && state.takesPlace(details.participation) && !hadPlace
  }

  /// The state of a new registration, with its place counted.
  private mutating func begin(
    _ details: RegistrationDetails,
    overCapacity: Bool = false
  ) throws(RegistrationRefused) -> RegistrationState {
    let state = RegistrationState.initial(
      reviewed: reviews(details),
      hasPlace: overCapacity || places.hasRoom(for: details.participation, of: details.stakeholderGroup)
    )
    try requireRoom(for: details.answers, in: state, from: Answers(), in: state)
    choose(details.answers, in: state, from: Answers(), in: state)
    places.count(details.participation, of: details.stakeholderGroup, from: nil, to: state)
    return state
  }

  /// That there are places for what a registration chooses in a state: who is not live has none.
  private func requireRoom(
    for answers: Answers,
    in state: RegistrationState,
    from before: Answers,
    in earlier: RegistrationState
  ) throws(RegistrationRefused) {
    do throws(InvalidInput) {
      try choices.requireRoom(for: state.isLive ? answers.own : [:], from: earlier.isLive ? before.own : [:])
    } catch {
      throw .invalid(error)
    }
  }

  /// Takes these places, and gives those back that it had.
  private mutating func choose(
    _ answers: Answers,
    in state: RegistrationState,
    from before: Answers,
    in earlier: RegistrationState
  ) {
    choices.change(from: earlier.isLive ? before.own : [:], to: state.isLive ? answers.own : [:])
  }

  private func reviews(_ details: RegistrationDetails) -> Bool {
    review.applies(group: details.stakeholderGroup, role: details.guestRole)
  }
}

/// Thrown where nothing becomes of what was asked of registrations.
package enum RegistrationRefused: Error, Hashable, Sendable {
  /// The person has a live registration.
  case alreadyRegistered
  /// The person's last registration was rejected, and nobody has lifted that.
  case rejectedBefore
  /// The request's id stands for another request.
  case requestIDReused
  /// What is asked for is the organiser's to decide.
  case decisionNeeded
  /// No place on site is left.
  case noPlace
  /// A rule of a field does not hold any more with what is on record.
  case invalid(InvalidInput)
  /// The person of the registration was erased.
  case erased(String, of: String)
  /// The registration has changed since its etag was read.
  case changedMeanwhile
  /// The step does not lead on from the registration's state.
  case step(RegistrationStepRefused)
}

extension Registration {
  /// - Parameter etag: Nil where it does not matter.
  fileprivate func requireUnchanged(since etag: String?) throws(RegistrationRefused) {
    if let etag, etag != self.etag { throw .changedMeanwhile }
  }
}
