import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// Readings, their answers, and scans that are taken back.
extension LaneMachine {
  /// A badge was read.
  mutating func submit(_ reading: LaneSession.Reading, at moment: DeviceMoment) -> [Action] {
    switch standing {
    case .connecting(let held):
      standing = .connecting(held: held + [Held(reading: reading, since: moment.running)])
      return []
    case .uploading(let since, let held) where since == nil || !held.isEmpty:
      // A lane that was not offline waits for the server, as while it connects; and answers come in the order of the readings.
      standing = .uploading(since: since, held: held + [Held(reading: reading, since: moment.running)])
      return []
    case .online(let sent):
      let before = roster.stand(ofReading: reading.code)
      standing = .online(sent: sent + [self.sent(reading, before, at: moment)])
      return [.send(.reading(reading))]
    case .uploading, .offline, .refused, .revoked:
      unsettled.append(.reading(reading, isLate: false))
      return settle(at: moment)
    }
  }

  /// A reading that is sent now.
  func sent(_ reading: LaneSession.Reading, _ before: OfflineDecision.Undo?, at moment: DeviceMoment) -> Sent {
    Sent(reading: reading, since: moment.running, before: before)
  }

  /// Time has gone on: an answer that takes too long ends the connection.
  mutating func tick(at moment: DeviceMoment) -> [Action] {
    let oldest: Instant?
    switch standing {
    case .connecting(let held), .uploading(_, let held): oldest = held.first?.since
    case .online(let sent): oldest = sent.first?.since
    case .offline, .refused, .revoked: oldest = nil
    }
    guard let oldest, moment.running - oldest >= setup.patience else { return [] }
    return lost(Sentence(.laneServerSilent), at: moment)
  }

  /// The server has answered a reading; where it cannot record any, it is as if it were not there. An answer that came too
  /// late is passed over, since the lane has answered by itself.
  mutating func answered(_ result: Lanyard_V1_StreamCheckInsResponse.Result, at moment: DeviceMoment) -> [Action] {
    guard case .online(var sent) = standing,
      let index = sent.firstIndex(where: { $0.reading.id.description == result.scanID })
    else { return [] }
    if case .error(let error)? = result.outcome, let fault = error.known.flatMap(RecordingFault.init) {
      sent[index].mayBeRecorded = fault.mayHaveRecorded
      standing = .online(sent: sent)
      return lost(.told(error.message), at: moment)
    }
    let reading = sent[index].reading
    sent.remove(at: index)
    let outcome: LaneAnswer.Outcome
    switch result.outcome {
    case .error(let error): outcome = .failed(.init(reason: error.reason, .told(error.message)))
    case .checkIn(let checkIn) where checkIn.answer.value == nil: outcome = .failed(.needsUpdate)
    case .checkIn(let checkIn):
      outcome = .decided(checkIn)
      let before = roster.undo(of: checkIn)
      remember(reading.id, before, at: moment)
      roster.follow(checkIn)
      if let person = before?.person, checkIn.answer != .refused {
        // What is still under way of that person began after this.
        for index in sent.indices where sent[index].before?.person == person {
          sent[index].before = roster.stand(ofReading: sent[index].reading.code)
        }
      }
    case nil: outcome = .failed(.needsUpdate)
    }
    standing = .online(sent: sent)
    return [.show(LaneAnswer(reading: reading, outcome: outcome, isOffline: false))]
  }

  /// A scan is to be taken back by the lane itself, which takes what it does not remember for none of its own.
  mutating func takeBack(_ scan: UUIDBytes, at moment: DeviceMoment) -> [Action] {
    let made = recent.moment { $0.scan == scan }
    let age = made.map { moment.age(of: $0) } ?? .zero
    guard UndoRequest.hasRight(isSupervisor: setup.isSupervisor, isOwn: made != nil, age: age) else {
      return [.denyUndo(UndoTooLate())]
    }
    unsettled.append(.undo(scan))
    return settle(at: moment)
  }

  /// The server has taken a scan back.
  mutating func takenBack(_ scan: UUIDBytes) { revert(scan) }

  /// What was to be written down is on disk, under this number.
  mutating func recorded(as order: Int64, at moment: DeviceMoment) -> [Action] {
    guard let done = writing else { return [] }
    writing = nil
    ownWaiting += 1
    switch done {
    case .answer(let answer, let fact, let madeAt, let undo):
      let way = fact.answer.value?.way
      unsent.add(fact, way, order: order, at: madeAt, door: checkpointID, roster)
      if let undo, way != nil { roster.keepBase(undo) }
      remember(answer.reading.id, undo, at: moment)
      return [.show(answer)] + settle(at: moment)
    case .refusal(let reading, let why):
      return [failure(reading, why)] + settle(at: moment)
    case .undo(let scan):
      if let person = unsent.remove(scan: scan.description) {
        recent.removeAll { $0.scan == scan }
        roster.follow(unsent, of: person, serverTime)
      } else {
        revert(scan)
      }
      // What waits is uploaded when the lane connects anew.
      return isOnline ? lost(nil, at: moment) : settle(at: moment)
    }
  }

  /// What was to be written down is not on disk.
  mutating func notRecorded(_ error: any Error, at moment: DeviceMoment) -> [Action] {
    guard let failed = writing else { return [] }
    writing = nil
    let cause = Sentence.Fact.sentence(.of(error))
    let action: Action
    switch failed {
    case .answer(let answer, _, _, let undo):
      if let undo { roster.revert(undo) }
      action = failure(answer.reading, .offline(Sentence(.laneNotWritten, ["cause": cause])))
    case .refusal(let reading, let why):
      let facts: [String: Sentence.Fact] = ["why": .sentence(why.sentence), "cause": cause]
      action = failure(reading, .init(reason: why.reason, Sentence(.laneMayHaveCounted, facts)))
    case .undo:
      action = .denyUndo(error)
    }
    return [action] + settle(at: moment)
  }
}

// MARK: - Deciding without the server

extension LaneMachine {
  /// Settles what is unsettled, each when the one before is on disk.
  mutating func settle(at moment: DeviceMoment) -> [Action] {
    var actions: [Action] = []
    while writing == nil, !unsettled.isEmpty {
      switch unsettled.removeFirst() {
      case .undo(let scan):
        actions.append(write(Lanyard_V1_OfflineCheckIn(undoing: scan), .undo(scan), at: moment))
      case .reading(let reading, let isLate):
        actions.append(answer(reading, isLate: isLate, at: moment))
      }
    }
    return actions
  }

  private mutating func answer(_ reading: LaneSession.Reading, isLate: Bool, at moment: DeviceMoment) -> Action {
    switch standing {
    case .revoked:
      return failure(reading, .revoked)
    case .refused(let why, _):
      let late = isLate ? reading.id : nil
      return refuse(reading, late: late, .notLetIn(Self.notLetIn(why)), at: moment)
    case .connecting, .uploading, .online, .offline:
      return decide(reading, isLate: isLate, at: moment)
    }
  }

  private mutating func decide(_ reading: LaneSession.Reading, isLate: Bool, at moment: DeviceMoment) -> Action {
    // The server may have recorded an answer that nobody saw: it is taken back, and this is another scan.
    let late = isLate ? reading.id : nil
    var reading = reading
    if isLate { reading.id = madeID(at: reading.readAt) }
    if let why = whatNeedsTheServer(reading) { return refuse(reading, late: late, .offline(why), at: moment) }
    guard let decision = roster.decide(reading, at: checkpointID, now: time(at: moment)) else {
      let cause = trouble ?? Sentence(.laneServerSilent)
      let why = Sentence(.laneNoRosterYet, ["cause": .sentence(cause)])
      return refuse(reading, late: late, .offline(why), at: moment)
    }
    let fact = Lanyard_V1_OfflineCheckIn(
      reading.message,
      answered: decision.message(reading),
      notInRoster: decision.isMarked,
      at: setup.checkpoint.name.description,
      undone: late
    )
    return write(fact, .answer(decision.answer(reading), fact, at: moment, decision.undo), at: moment)
  }

  /// Why a reading cannot be answered without the server; nil where it can.
  private mutating func whatNeedsTheServer(_ reading: LaneSession.Reading) -> Sentence? {
    if reading.override != nil && !setup.isSupervisor {
      return Sentence(.laneOverrideNeedsServer)
    }
    if reading.missedExit != nil, roster.allowsMissedExits(at: checkpointID) == false {
      return Sentence(.errorMissedExitDenied)
    }
    if reading.badge != nil { return Sentence(.laneNameNeedsServer) }
    return missingTimeZone ?? roster.needsUpdate(for: reading.code)
  }

  /// Answers that a reading could not be decided; what the server may have recorded of it is taken back.
  ///
  /// - Parameter late: The id under which the server may have recorded it.
  private mutating func refuse(
    _ reading: LaneSession.Reading,
    late: UUIDBytes?,
    _ why: LaneAnswer.Failure,
    at moment: DeviceMoment
  ) -> Action {
    guard let late else { return failure(reading, why) }
    return write(Lanyard_V1_OfflineCheckIn(undoing: late), .refusal(reading, why), at: moment)
  }

  private mutating func write(
    _ message: Lanyard_V1_OfflineCheckIn,
    _ writing: Writing,
    at moment: DeviceMoment
  ) -> Action {
    self.writing = writing
    return .record(message, at: moment)
  }

  private func failure(_ reading: LaneSession.Reading, _ why: LaneAnswer.Failure) -> Action {
    .show(LaneAnswer(reading: reading, outcome: .failed(why), isOffline: true))
  }

  private mutating func remember(_ scan: UUIDBytes, _ undo: OfflineDecision.Undo?, at moment: DeviceMoment) {
    recent.append(Recent(scan: scan, undo: undo), at: moment)
  }

  private mutating func revert(_ scan: UUIDBytes) {
    guard let before = recent.remove({ $0.scan == scan })?.undo else { return }
    if roster.replaceBase(before) { roster.follow(unsent, serverTime) } else { roster.revert(before) }
  }
}
