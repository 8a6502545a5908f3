import Foundation
import GRPCCore
import LanyardAPI
package import LanyardClient
package import LanyardDomain
package import LanyardStore
import SwiftProtobuf

/// One lane: the server answers its scans while it can, and the lane by itself while it cannot. What the lane answered by
/// itself is on disk before it is shown, and is uploaded in order when the server is back.
package actor Lane {
  /// What a lane is set up with.
  package struct Setup: Sendable {
    /// Resource name of the checkpoint.
    package var checkpoint: String
    /// Whether operators may override refusals while the lane is offline.
    package var isSupervisor = false
    /// How long an answer of the server may take.
    package var patience = Duration.seconds(2)

    package init(checkpoint: String) {
      self.checkpoint = checkpoint
    }
  }

  /// Version of the program, as it is reported.
  package static let version = "0.1.0"
  /// The most readings that wait for an answer; further ones are held until one comes.
  private static let window = 64
  /// How many scans can be taken back.
  private static let memory = 20

  /// Answers in the order of the readings.
  package nonisolated let answers: AsyncStream<LaneAnswer>
  let setup: Setup
  /// Resource name of the checkpoint.
  package nonisolated var checkpoint: String { setup.checkpoint }
  private let journal: LaneJournal
  private let clock: LaneClock
  private let answered: AsyncStream<LaneAnswer>.Continuation
  private var roster: LaneRoster
  /// A snapshot that is still coming in, with what it changes on disk: nothing is decided on half of one.
  private var snapshot: (roster: LaneRoster, changes: [LaneJournal.RosterChange])?
  private var cursor = ""
  private var serverTime: ServerTime?
  package private(set) var state = LaneState.connecting
  /// The client of the connection that is open.
  package private(set) var client: ServerClient?
  /// Where readings go while the lane is online.
  private var stream: AsyncStream<LaneSession.Outgoing>.Continuation?
  /// Ends the connection that is open.
  private var breaker: AsyncStream<Void>.Continuation?
  /// Readings that were sent, or wait to be while the lane connects, with the moment from which patience counts.
  private var pending: [(reading: LaneSession.Reading, since: ContinuousClock.Instant, isSent: Bool)] = []
  private var room: [CheckedContinuation<Void, Never>] = []
  /// What an operator should know: scans that the server will never take, a certificate that cannot be renewed.
  package private(set) var notice: String?
  /// The last scans with when they were answered and where the person stood before.
  private var recent: [(scan: UUIDBytes, at: DeviceMoment, undo: OfflineDecision.Undo?)] = []

  /// - Throws: `StoreError` where the journal cannot be read.
  package init(_ setup: Setup, journal: LaneJournal, clock: LaneClock = .system) throws(StoreError) {
    self.setup = setup
    self.journal = journal
    self.clock = clock
    (answers, answered) = AsyncStream.makeStream()
    let stored = try journal.roster()
    var roster = LaneRoster(stored)
    serverTime = journal.serverTime()
    try roster.follow(journal, at: ResourcePart.last(of: setup.checkpoint), serverTime)
    self.roster = roster
    cursor = stored.cursor
  }

  /// Hands in a reading; its answer comes to `answers`. Waits while too many have none yet.
  package func submit(_ reading: LaneSession.Reading) async {
    while pending.count >= Self.window, state == .online || state == .connecting {
      await withCheckedContinuation { room.append($0) }
    }
    switch state {
    case .online:
      pending.append((reading, .now, true))
      stream?.yield(.reading(reading))
    case .connecting:
      pending.append((reading, .now, false))
    case .offline, .uploading:
      decide(reading, late: false)
    case .refused(let why):
      fail(reading, why)
    case .revoked:
      fail(reading, Self.revokedMessage)
    }
  }

  /// Whether every reading has its answer.
  package var isIdle: Bool { pending.isEmpty }

  /// How many scans wait to be uploaded.
  package var waiting: Int { (try? journal.waitingCount()) ?? 0 }

  /// The server's time, as far as the lane knows it.
  package var now: Instant { time(at: clock.now) }

  /// People inside the area by what the lane knows, and the limit.
  package var headcount: (inside: Int, capacity: Int?)? { roster.headcount(at: checkpointID, now: now) }

  package var isRehearsal: Bool { roster.isRehearsal }
  package var rosterSize: Int { roster.badgeCount }

  /// Waits until the lane could go on without the server.
  package func waitForRoster(atMost limit: Duration) async {
    let end = ContinuousClock.now + limit
    while !roster.isReady, state != .revoked, ContinuousClock.now < end, !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(20))
    }
  }

  /// The plan of the event, where the lane has one.
  package var plan: VenuePlan? { roster.plan }

  /// No further answers will be asked for.
  package func close() {
    answered.finish()
    breaker?.finish()
  }

  /// Takes a scan back: at the server, or, where it does not answer, in the journal until it does.
  ///
  /// - Throws: `RPCError` where it may not be taken back.
  package func undo(_ scan: UUIDBytes) async throws {
    if state == .online, let client {
      do {
        var options = CallOptions.defaults
        options.timeout = setup.patience
        let event = ResourcePart.event(of: setup.checkpoint)
        _ = try await Lanyard_V1_CheckInService.Client(wrapping: client).undoCheckIn(
          .with { $0.name = "events/\(event)/checkIns/\(scan)" },
          options: options
        )
        return revert(scan)
      } catch let error as RPCError where CallFailure(error).isServerOrNetwork && error.code != .permissionDenied {
        // The journal keeps it.
      }
    }
    let moment = clock.now
    if !setup.isSupervisor, let made = recent.last(where: { $0.scan == scan }),
      moment.age(of: made.at) > UndoRequest.ownTime
    {
      throw RPCError(
        code: .permissionDenied,
        message: "The scan is older than 15 minutes; a supervisor may still take it back."
      )
    }
    try journal.append(.with { $0.undoneScanID = scan.description }, at: moment)
    revert(scan)
    // What waits is uploaded when the lane connects anew.
    if state == .online { lost() }
  }

  private func revert(_ scan: UUIDBytes) {
    guard let index = recent.lastIndex(where: { $0.scan == scan }) else { return }
    if let undo = recent.remove(at: index).undo { roster.revert(undo) }
  }

  // MARK: - Deciding without the server

  private func decide(_ reading: LaneSession.Reading, late: Bool) {
    var reading = reading
    var message = Lanyard_V1_OfflineCheckIn()
    message.checkpoint = setup.checkpoint
    if late {
      // The server may have recorded an answer that nobody saw: it is taken back, and this is another scan.
      message.undoneScanID = reading.id.description
      reading.id = .timeOrdered(at: reading.readAt)
    }
    if reading.override != nil && !setup.isSupervisor {
      return refuse(reading, late: message.undoneScanID, "Without the server only a supervisor's device may override.")
    }
    let moment = clock.now
    guard reading.badge.isEmpty else {
      return refuse(reading, late: message.undoneScanID, "Letting somebody in by name needs the server.")
    }
    guard let decision = roster.decide(reading, at: checkpointID, now: time(at: moment)) else {
      return refuse(
        reading,
        late: message.undoneScanID,
        "The server does not answer, and this device has no roster yet."
      )
    }
    let answer = decision.message(reading, at: setup.checkpoint)
    message.scan = reading.message
    message.answer = answer.answer
    message.reason = answer.reason
    message.notInRoster = decision.isMarked
    do {
      try journal.append(message, at: moment)
    } catch {
      if let undo = decision.undo { roster.revert(undo) }
      return fail(reading, "The device could not write the scan down: \(StoreError.words(for: error))")
    }
    remember(reading.id, decision.undo)
    answered.yield(LaneAnswer(reading: reading, outcome: .decided(answer), isOffline: true))
    if case .offline(let since, _) = state { state = .offline(since: since, waiting: waiting) }
  }

  /// Answers that a reading could not be decided; what the server may have recorded of it is taken back.
  private func refuse(_ reading: LaneSession.Reading, late: String, _ message: String) {
    if !late.isEmpty { try? journal.append(.with { $0.undoneScanID = late }, at: clock.now) }
    fail(reading, message)
  }

  private func fail(_ reading: LaneSession.Reading, _ message: String) {
    let error = Lanyard_V1_ScanError.with {
      $0.code = Int32(RPCError.Code.unavailable.rawValue)
      $0.reason = "OFFLINE"
      $0.message = message
    }
    answered.yield(LaneAnswer(reading: reading, outcome: .failed(error), isOffline: true))
  }

  private func remember(_ scan: UUIDBytes, _ undo: OfflineDecision.Undo?) {
    recent.append((scan, clock.now, undo))
    if recent.count > Self.memory { recent.removeFirst() }
  }

  private var checkpointID: String { ResourcePart.last(of: setup.checkpoint) }

  private func time(at moment: DeviceMoment) -> Instant { serverTime?.time(at: moment) ?? moment.wall }

  private static let revokedMessage = "This device was revoked. Ask the organiser."
}

// MARK: - The connection

extension Lane {
  /// Called every now and then: an answer that takes too long ends the connection.
  func tick() {
    guard let oldest = pending.first, oldest.since.duration(to: .now) >= setup.patience else { return }
    lost()
  }

  /// A connection begins.
  func connecting(_ client: ServerClient, breaker: AsyncStream<Void>.Continuation) {
    self.client = client
    self.breaker = breaker
  }

  /// The server has answered: the lane goes on live, at once or when what waits is uploaded.
  func opened(
    _ lane: Lanyard_V1_StreamCheckInsResponse.LaneOpened,
    _ stream: AsyncStream<LaneSession.Outgoing>.Continuation
  ) {
    noteTime(Instant(lane.serverTime))
    self.stream = stream
    stream.yield(.report(report))
    if state != .revoked { state = .uploading(waiting: waiting) }
  }

  /// Goes on live where nothing waits any more; false where something does.
  func goLive() -> Bool {
    guard waiting == 0, stream != nil, state != .revoked else { return false }
    state = .online
    sendReport()
    for index in pending.indices where !pending[index].isSent {
      pending[index].isSent = true
      pending[index].since = .now
      stream?.yield(.reading(pending[index].reading))
    }
    return true
  }

  /// What waits to be uploaded next, as it is now, with the numbers of the entries.
  func nextUpload(limit: Int) throws -> (request: Lanyard_V1_UploadCheckInsRequest, orders: [Int64]) {
    let moment = clock.now
    let entries = try journal.waiting(limit: limit)
    let messages = entries.map { $0.message(at: moment) }
    let damaged = zip(entries, messages).filter { $1 == nil }.map { ($0.0.order, "damaged") }
    if !damaged.isEmpty { try journal.settle([], refused: Dictionary(uniqueKeysWithValues: damaged)) }
    var request = Lanyard_V1_UploadCheckInsRequest()
    request.parent = "events/\(ResourcePart.event(of: setup.checkpoint))"
    request.checkIns = messages.compactMap(\.self)
    request.report = report
    return (request, zip(entries, messages).filter { $1 != nil }.map(\.0.order))
  }

  /// Takes out of the journal what the server has answered.
  func uploaded(_ response: Lanyard_V1_UploadCheckInsResponse, _ orders: [Int64]) throws {
    var (done, refused) = ([Int64](), [Int64: String]())
    for (order, result) in zip(orders, response.results) {
      if case .error(let error) = result.outcome { refused[order] = error.message } else { done.append(order) }
    }
    try journal.settle(done, refused: refused)
    if let reason = refused.values.first {
      notice = "The server did not take \(refused.count) scans; the device keeps them. \(reason)"
    }
    if case .uploading = state { state = .uploading(waiting: waiting) }
  }

  /// The server's answer to a reading; one that came too late is passed over, since the lane has answered by itself.
  func answered(_ result: Lanyard_V1_StreamCheckInsResponse.Result) {
    guard let index = pending.firstIndex(where: { $0.reading.id.description == result.scanID }) else { return }
    let reading = pending.remove(at: index).reading
    let outcome: LaneAnswer.Outcome
    switch result.outcome {
    case .error(let error): outcome = .failed(error)
    case .checkIn(let checkIn):
      outcome = .decided(checkIn)
      remember(reading.id, roster.undo(of: checkIn))
      roster.follow(checkIn)
    case nil: outcome = .decided(result.checkIn)
    }
    answered.yield(LaneAnswer(reading: reading, outcome: outcome, isOffline: false))
    wakeRoom()
  }

  /// The connection is gone, or is given up: what has no answer yet is decided here.
  func lost() {
    (client, stream) = (nil, nil)
    breaker?.finish()
    breaker = nil
    switch state {
    case .revoked, .refused: return
    case .offline: break
    case .connecting, .online, .uploading: state = .offline(since: now, waiting: waiting)
    }
    let unanswered = pending
    pending = []
    for (reading, _, isSent) in unanswered { decide(reading, late: isSent) }
    wakeRoom()
  }

  /// The server does not let this lane in, as where its token was revoked. What waits stays, until a server takes it.
  func refused(_ why: String) {
    guard state != .revoked else { return }
    (client, stream) = (nil, nil)
    state = .refused("The server does not let this lane in: \(why)")
    let unanswered = pending
    pending = []
    for (reading, _, isSent) in unanswered { refuse(reading, late: isSent ? reading.id.description : "", why) }
    wakeRoom()
  }

  /// The organiser has revoked the device: it forgets everybody.
  func revoked() {
    guard state != .revoked else { return }
    state = .revoked
    roster = LaneRoster()
    cursor = ""
    try? journal.eraseRoster()
    let unanswered = pending
    pending = []
    for (reading, _, _) in unanswered { fail(reading, Self.revokedMessage) }
    wakeRoom()
  }

  /// From where the roster is to be followed.
  package var rosterCursor: String { cursor }

  /// Takes in a message of the roster; the file follows.
  ///
  /// - Throws: `StoreError` where it could not be kept; the lane knows it all the same until it ends.
  func take(_ message: Lanyard_V1_WatchRosterResponse) throws {
    guard state != .revoked else { return }
    noteTime(Instant(message.serverTime))
    if message.snapshot { snapshot = (LaneRoster(), [.begin]) }
    let changes: [LaneJournal.RosterChange]
    if var incoming = snapshot {
      snapshot = nil
      incoming.roster.take(message)
      incoming.changes += try LaneJournal.changes(of: message)
      guard !message.cursor.isEmpty else { return snapshot = incoming }
      (roster, changes) = (incoming.roster, incoming.changes)
      // Where people stood is told by keys that the roster before gave.
      recent = recent.map { ($0.scan, $0.at, nil) }
    } else {
      roster.take(message)
      changes = try LaneJournal.changes(of: message)
    }
    // The server does not know yet what the lane did by itself.
    try roster.follow(journal, at: checkpointID, serverTime)
    // The lane goes on from the cursor that is on disk, so that a change that could not be kept comes again.
    try journal.apply(changes)
    if !message.cursor.isEmpty { cursor = message.cursor }
  }

  /// Says that the device's certificate could not be renewed.
  func renewalFailed(_ cause: any Error) {
    notice = "The device's certificate could not be renewed; tell the organiser. \(cause)"
  }

  /// Says how the device is.
  func sendReport() { stream?.yield(.report(report)) }

  private var report: Lanyard_V1_DeviceReport {
    .with {
      $0.version = Self.version
      $0.scansWaiting = Int32(clamping: waiting)
      $0.deviceTime = Google_Protobuf_Timestamp(clock.now.wall)
    }
  }

  private func noteTime(_ server: Instant) {
    let time = ServerTime(server: server, at: clock.now)
    if serverTime?.isNear(time) != true { try? journal.keep(time) }
    serverTime = time
  }

  private func wakeRoom() {
    let waiting = room
    room = []
    for continuation in waiting { continuation.resume() }
  }
}

extension StoreError {
  /// What an operator can do about it.
  fileprivate static func words(for error: any Error) -> String {
    error as? StoreError == .outOfSpace ? "its disk is full; make room." : "\(error)"
  }
}
