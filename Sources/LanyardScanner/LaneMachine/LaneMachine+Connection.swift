import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// How the lane comes to stand with its server.
extension LaneMachine {
  /// A connection begins.
  mutating func connecting() { (snapshot, isFollowing) = (nil, false) }

  /// The server has answered: the lane goes on live, at once or when what waits is uploaded.
  mutating func opened(_ lane: Lanyard_V1_StreamCheckInsResponse.LaneOpened, at moment: DeviceMoment) -> [Action] {
    let actions: [Action]
    do throws(InvalidInput) {
      guard lane.hasServerTime else { throw InvalidInput(field: "opened.server_time", .noTime) }
      actions = noteTime(
        try lane.serverTime.instant(field: "opened.server_time"),
        at: moment,
        inRehearsal: lane.rehearsal
      )
    } catch {
      // A lane that went by a wrong clock would let people in on the wrong day.
      return lost(error.sentence, at: moment)
    }
    switch standing {
    case .connecting(let held): standing = .uploading(since: nil, held: held)
    case .offline(let since): standing = .uploading(since: since, held: [])
    case .refused(_, let since): standing = .uploading(since: since, held: [])
    case .uploading: break
    case .online, .revoked: return actions
    }
    return actions + reporting(at: moment)
  }

  /// Whether nothing of the lane's own waits any more, so that it may go on live.
  var mayGoLive: Bool {
    if case .uploading = standing { isSettled } else { isOnline }
  }

  private var isSettled: Bool { ownWaiting == 0 && unsettled.isEmpty && writing == nil }

  /// Goes on live: what was held is sent.
  mutating func goLive(at moment: DeviceMoment) -> [Action] {
    guard case .uploading(_, let held) = standing, isSettled else { return [] }
    trouble = nil
    elsewhere.forget()
    let sent = held.map { held in self.sent(held.reading, roster.stand(ofReading: held.reading.code), at: moment) }
    standing = .online(sent: sent)
    return reporting(at: moment) + held.map { .send(.reading($0.reading)) }
  }

  /// The lane's journal holds so many entries that wait.
  mutating func counted(_ own: Int) { ownWaiting = own }

  /// These entries are on their way to the server.
  mutating func uploading(_ orders: [Int64]) { underWay.formUnion(orders) }

  /// The server has said that it took none of them.
  mutating func notTaken(_ orders: [Int64]) { underWay.subtract(orders) }

  /// The server has answered what waited; these entries are out of the journal.
  ///
  /// - Parameter batch: Numbers of all that was sent.
  mutating func uploaded(_ settled: SettledBatch, of batch: [Int64], left own: Int) {
    notTaken(batch)
    for (person, passages) in unsent.remove(settled.orders) {
      let recorded = passages.filter { !settled.notRecorded.contains($0.order) }
      roster.settle(recorded, of: person, at: settled.sequences, before: unsent, serverTime)
    }
    ownWaiting = own
    note(settled)
  }

  /// The same of another journal of the device.
  mutating func note(_ settled: SettledBatch) {
    guard settled.refused > 0 else { return }
    let facts: [String: Sentence.Fact] = ["count": .count(settled.refused), "reason": .text(settled.reason)]
    note(Sentence(.laneNotTaken, facts), of: .refused)
  }

  /// The connection is gone, or is given up: what has no answer yet is decided here.
  ///
  /// - Parameter cause: Why, for the operator; nil where that is known already.
  mutating func lost(_ cause: Sentence?, at moment: DeviceMoment) -> [Action] {
    if let cause { trouble = cause }
    let heard = endFollowing(at: moment)
    switch standing {
    case .refused, .revoked: return [.endConnection] + heard
    case .connecting, .uploading, .online, .offline: break
    }
    let sent: [Sent] = if case .online(let sent) = standing { sent } else { [] }
    giveUp(.offline(since: since ?? time(at: moment)))
    // The roster may have told of what the server answered and nobody saw: what is taken back lets nobody in. Of several of
    // one person the first goes furthest back.
    for scan in sent.reversed() {
      if let before = scan.before { roster.takeBack(to: before, at: checkpointID) }
    }
    return [.endConnection] + heard + settle(at: moment)
  }

  /// The server does not let this lane in, as where its token was revoked. What waits stays, until a server takes it.
  mutating func refused(_ why: Sentence, at moment: DeviceMoment) -> [Action] {
    if case .revoked = standing { return [] }
    // It has answered.
    trouble = nil
    giveUp(.refused(why: why, since: since))
    return [.endConnection] + endFollowing(at: moment) + settle(at: moment)
  }

  /// The organiser has revoked the device: it forgets everybody.
  mutating func revoked(at moment: DeviceMoment) -> [Action] {
    if case .revoked = standing { return [] }
    giveUp(.revoked)
    forgetNotices()
    (roster, cursor, snapshot) = (LaneRoster(isRehearsal: roster.isRehearsal, zone: roster.zone), "", nil)
    (heard, isFollowing) = (nil, false)
    recent.change { $0.undo = nil }
    return [.endConnection, .forgetPeople] + settle(at: moment)
  }

  /// The device could not erase everybody.
  mutating func notForgotten(_ error: any Error) {
    note(Sentence(.laneRosterNotErased, ["cause": .sentence(.of(error))]), of: .erasure)
  }

  /// Since when the lane answers by itself; nil where it does not, or did not yet.
  private var since: Instant? {
    switch standing {
    case .offline(let since): since
    case .uploading(let since, _), .refused(_, let since): since
    case .connecting, .online, .revoked: nil
    }
  }

  /// Takes another standing; what has no answer yet is settled in that.
  private mutating func giveUp(_ next: Standing) {
    switch standing {
    case .connecting(let held), .uploading(_, let held):
      unsettled += held.map { .reading($0.reading, isLate: false) }
    case .online(let sent):
      unsettled += sent.map { .reading($0.reading, isLate: $0.mayBeRecorded) }
    case .offline, .refused, .revoked: break
    }
    standing = next
  }

  /// Says how the device is.
  func reporting(at moment: DeviceMoment) -> [Action] {
    isConnected ? [.send(.report(report(at: moment)))] : []
  }

  // MARK: - The server's time

  /// The server has told its time. One that leaps away from what the device's own clock bears out is gone by once the server
  /// has told it for a while, and one that leaps back at once: what a clock that is ahead for ten seconds says decides nothing.
  ///
  /// - Parameter inRehearsal: Whether the server rehearses: then its time is borne out by nothing.
  mutating func noteTime(_ server: Instant, at moment: DeviceMoment, inRehearsal: Bool) -> [Action] {
    let time = ServerTime(server: server, at: moment)
    if !inRehearsal, let known = serverTime, known.isBorneOut(against: time, at: moment) {
      guard let doubted, doubted.time.isSame(as: time, at: moment) else {
        doubted = (time, moment)
        return []
      }
      guard moment.age(of: doubted.since) >= ServerTime.confirmation else { return [] }
    }
    (serverTime, doubted) = (time, nil)
    return keptTime?.isNear(time) == true ? [] : [.keepTime(time)]
  }

  /// The server's time is on disk.
  mutating func kept(_ time: ServerTime) {
    keptTime = time
    note(nil, of: .disk)
  }

  /// It is not; the lane goes on, and tries again when it next hears the time.
  mutating func notKept(_ error: any Error) {
    note(Sentence(.laneDiskFails, ["cause": .sentence(.of(error))]), of: .disk)
  }
}
