/// Decides on the registrations of one event, one after the other: a later one sees the places that an earlier one took or
/// gave back. Facts in, effects out; a store reads the one and writes the other, in one transaction.
package struct RegistrationFold: Sendable {
  private let review: ReviewRule
  private let movingUp: MovingUp
  package private(set) var places: Places

  package init(review: ReviewRule, places: Places, movingUp: MovingUp = .always) {
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
  /// - Throws: `RegistrationRefused.requestIDReused`, `alreadyRegistered`, `rejectedBefore`.
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
    return .made(begin(details, overCapacity: overCapacity))
  }

  /// Decides on a row of an import, which makes what is not there yet, and brings nobody back. What is there it changes only
  /// where that is asked for, by the rules by which fields are changed one by one.
  ///
  /// - Parameters:
  ///   - last: The live registration of the same e-mail address; where it has none, the last that has ended.
  ///   - updating: Whether a live registration that differs is changed.
  package mutating func take(_ row: ImportRow, last: Registration?, updating: Bool = false) -> ImportOutcome {
    guard let last else { return .imported(begin(row.details)) }
    guard last.state.isLive else {
      return last.state.keepsOut(.list) ? .ended(last.state) : .imported(begin(row.details))
    }
    let differences = row.differences(from: last.details)
    guard let first = differences.first else { return .unchanged }
    guard updating else { return .differs(field: first.field.name) }
    let change = RegistrationChange(of: differences.map(\.field), row.details)
    do throws(RegistrationRefused) {
      let (details, state) = try self.change(last, by: change, last: last, etag: nil, as: .organiser)
      return .updated(ImportUpdate(registration: last, details: details, state: state, differences: differences))
    } catch {
      return .notUpdated(error)
    }
  }

  /// The state of a registration after a step.
  ///
  /// - Parameters:
  ///   - other: The live registration of the same e-mail address, where that is another one; looked at where a step brings
  ///     somebody back.
  ///   - etag: Where given, the registration must still have it.
  ///   - discretion: Of who takes it.
  /// - Throws: `RegistrationRefused.changedMeanwhile`, `alreadyRegistered`, `decisionNeeded`, `noPlace`, and `step` where it does
  ///   not lead on from its state.
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
    let participation = registration.details.participation
    let isFree = step == .moveUp ? places.hasPlace(for: participation) : places.hasRoom(for: participation)
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
    places.count(participation, from: registration.state, to: state)
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
      details = try change.applied(to: before)
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
    guard details.participation != before.participation else { return (details, state) }
    places.count(before.participation, from: state, to: .cancelled)
    let hasPlace = discretion.overCapacity || places.hasRoom(for: details.participation)
    let new: RegistrationState
    switch state {
    case .waitlisted: new = hasPlace ? .confirmed : .waitlisted
    case .confirmed:
      guard hasPlace else { throw .noPlace }
      new = .confirmed
    case .submitted, .rejected, .cancelled: new = state
    }
    places.count(details.participation, from: nil, to: new)
    return (details, new)
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
    places.count(registration.details.participation, from: registration.state, to: erasure.state)
    return erasure
  }

  /// How many of those who wait get a place by themselves at a moment, of whom no more than `limit` are asked for.
  package func freeForWaiting(upTo limit: Int, at now: Instant) -> Int {
    movingUp.isOn(at: now) ? places.free(upTo: limit) : 0
  }

  /// Of those who wait, the longest waiting first, those who are confirmed now.
  package mutating func moveUp<Waiting>(_ waiting: [Waiting], at now: Instant) -> [Waiting] {
    movingUp.isOn(at: now) ? places.give(to: waiting) : []
  }

  /// Whether a registration that has come to a state took a place though none was left.
  package func wentOver(_ details: RegistrationDetails, _ state: RegistrationState, from before: Registration?) -> Bool
  {
    let hadPlace = before.map { $0.state.takesPlace($0.details.participation) } ?? false
    return places.isOver && state.takesPlace(details.participation) && !hadPlace
  }

  /// The state of a new registration, with its place counted.
  private mutating func begin(_ details: RegistrationDetails, overCapacity: Bool = false) -> RegistrationState {
    let state = RegistrationState.initial(
      reviewed: reviews(details),
      hasPlace: overCapacity || places.hasRoom(for: details.participation)
    )
    places.count(details.participation, from: nil, to: state)
    return state
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
