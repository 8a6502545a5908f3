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
  let journal: LaneJournal
  let clock: LaneClock
  let answered: AsyncStream<LaneAnswer>.Continuation
  var roster: LaneRoster
  var unsent: UnsentPassages
  /// How many entries of its journal wait to be uploaded.
  var ownWaiting: Int
  /// How many scans wait in the other journals of the device's folder.
  var leftWaiting = 0
  /// A snapshot that is still coming in, with what it changes on disk: nothing is decided on half of one.
  var snapshot: (roster: LaneRoster, changes: [LaneJournal.RosterChange])?
  var cursor = ""
  var serverTime: ServerTime?
  /// The server's time as it is on disk.
  var keptTime: ServerTime?
  package internal(set) var state = LaneState.connecting
  /// Why the server is not reached, in words for the operator; nil while it is.
  package internal(set) var trouble: String?
  /// Since when the lane answers by itself, until it is live again.
  var offlineSince: Instant?
  /// For calls beside the lane's stream, on a connection of their own: one whose calls time out may end.
  package internal(set) var client: ServerClient?
  /// Where readings go while the lane is online.
  var stream: AsyncStream<LaneSession.Outgoing>.Continuation?
  /// Ends the connection that is open.
  var breaker: AsyncStream<Void>.Continuation?
  /// Readings that were sent, or wait to be while the lane connects, with the moment from which patience counts, by the clock
  /// that nobody sets, and where the person stood when it was sent.
  var pending: [(reading: LaneSession.Reading, since: Instant, isSent: Bool, before: OfflineDecision.Undo?)] = []
  var room: [CheckedContinuation<Void, Never>] = []
  /// What an operator should know, until it is so no more.
  var notices: [NoticeSubject: String] = [:]
  /// The last scans with when they were answered and where the person stood before.
  var recent: [(scan: UUIDBytes, at: DeviceMoment, undo: OfflineDecision.Undo?)] = []

  /// - Parameter elsewhere: What waits in the device's other journals: it did that by itself too.
  /// - Throws: `StoreError` where the journal cannot be read.
  package init(
    _ setup: Setup,
    journal: LaneJournal,
    elsewhere: [LaneJournal.Entry] = [],
    clock: LaneClock = .system
  ) throws(StoreError) {
    self.setup = setup
    self.journal = journal
    self.clock = clock
    (answers, answered) = AsyncStream.makeStream()
    let stored = try journal.roster()
    var (roster, isWhole) = LaneRoster.kept(stored)
    serverTime = try journal.serverTime()
    keptTime = serverTime
    unsent = try UnsentPassages(journal, roster)
    // What was done elsewhere is uploaded before the server tells anything new of those people.
    roster.follow([unsent, UnsentPassages(elsewhere, roster)], serverTime)
    self.roster = roster
    ownWaiting = try journal.waitingCount()
    // Without its cursor the lane gets all anew.
    cursor = isWhole ? stored.cursor : ""
  }

  /// Hands in a reading; its answer comes to `answers`. Waits while too many have none yet.
  package func submit(_ reading: LaneSession.Reading) async {
    while pending.count >= Self.window, state == .online || state == .connecting {
      await withCheckedContinuation { room.append($0) }
    }
    switch state {
    case .online:
      pending.append((reading, clock.now.running, true, roster.stand(ofReading: reading.code)))
      stream?.yield(.reading(reading))
    case .connecting:
      pending.append((reading, clock.now.running, false, nil))
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

  /// What an operator should know, the most pressing first.
  package var notice: String? { NoticeSubject.allCases.compactMap { notices[$0] }.first }

  /// How many scans wait on the device to be uploaded, wherever they were made.
  package var waiting: Int { ownWaiting + leftWaiting }

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
      await Task.pause(.milliseconds(20))
    }
  }

  /// What is missing on this machine for the lane to know what day and time it is at its door; nil where nothing is.
  package var missingTimeZone: String? {
    roster.missingTimeZone.map {
      "This device has no time zone data for \($0), and cannot decide without the server; install or update the package tzdata."
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
  /// - Throws: `RPCError` or `UndoTooLate` where it may not be taken back, `StoreError` where that cannot be written down.
  package func undo(_ scan: UUIDBytes) async throws {
    if state == .online, let client {
      do {
        var options = CallOptions.defaults
        options.timeout = setup.patience
        let event = ResourcePart.event(of: setup.checkpoint)
        _ = try await Lanyard_V1_CheckInService.Client(wrapping: client).undoCheckIn(
          .with { $0.name = ResourceName.checkIn(scan, of: event).description },
          options: options
        )
        return revert(scan)
      } catch let error as RPCError where CallFailure(error).isServerOrNetwork && !CallFailure(error).isRefusal {
        // The journal keeps it.
      }
    }
    let moment = clock.now
    if !setup.isSupervisor, let made = recent.last(where: { $0.scan == scan }),
      moment.age(of: made.at) > UndoRequest.ownTime
    {
      throw UndoTooLate()
    }
    try write(.with { $0.undoneScanID = scan.description }, at: moment)
    unsent.remove(scan: scan.description)
    revert(scan)
    // What waits is uploaded when the lane connects anew.
    if state == .online { lost(nil) }
  }

  /// Writes an entry down; returns its number.
  @discardableResult
  private func write(_ message: Lanyard_V1_OfflineCheckIn, at moment: DeviceMoment) throws -> Int64 {
    let order = try journal.append(message, at: moment)
    ownWaiting += 1
    return order
  }

  private func revert(_ scan: UUIDBytes) {
    guard let index = recent.lastIndex(where: { $0.scan == scan }) else { return }
    if let undo = recent.remove(at: index).undo { roster.revert(undo) }
  }

  // MARK: - Deciding without the server

  func decide(_ reading: LaneSession.Reading, late: Bool) {
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
    if let missing = missingTimeZone { return refuse(reading, late: message.undoneScanID, missing) }
    if let unknown = roster.needsUpdate(for: reading.code) {
      return refuse(reading, late: message.undoneScanID, unknown)
    }
    guard let decision = roster.decide(reading, at: checkpointID, now: time(at: moment)) else {
      return refuse(
        reading,
        late: message.undoneScanID,
        "\(trouble ?? "The server does not answer.") This device has no roster yet, and cannot decide by itself."
      )
    }
    let answer = decision.message(reading)
    message.scan = reading.message
    message.answer = answer.answer
    message.reason = answer.reason
    message.notInRoster = decision.isMarked
    do {
      let order = try write(message, at: moment)
      unsent.add(message, order: order, at: moment, roster)
    } catch {
      if let undo = decision.undo { roster.revert(undo) }
      return fail(reading, "The device could not write the scan down: \(StoreError.words(for: error))")
    }
    remember(reading.id, decision.undo)
    answered.yield(LaneAnswer(reading: reading, outcome: .decided(answer), isOffline: true))
    showWaiting()
  }

  /// Answers that a reading could not be decided; what the server may have recorded of it is taken back.
  func refuse(_ reading: LaneSession.Reading, late: String, _ message: String) {
    var message = message
    if !late.isEmpty {
      do {
        try write(.with { $0.undoneScanID = late }, at: clock.now)
      } catch {
        message +=
          " The server may have counted this scan all the same, and the device could not write down that it does not hold: "
          + StoreError.words(for: error)
      }
    }
    fail(reading, message)
  }

  func fail(_ reading: LaneSession.Reading, _ message: String) {
    let error = Lanyard_V1_ScanError.with {
      $0.code = Int32(RPCError.Code.unavailable.rawValue)
      $0.reason = "OFFLINE"
      $0.message = message
    }
    answered.yield(LaneAnswer(reading: reading, outcome: .failed(error), isOffline: true))
  }

  func remember(_ scan: UUIDBytes, _ undo: OfflineDecision.Undo?) {
    recent.append((scan, clock.now, undo))
    if recent.count > Self.memory { recent.removeFirst() }
  }

  var checkpointID: String { ResourcePart.last(of: setup.checkpoint) }

  private func time(at moment: DeviceMoment) -> Instant { serverTime?.time(at: moment) ?? moment.wall }

  static let revokedMessage = "This device was revoked. Ask the organiser."
}

/// What a lane's notice is about; of several the first here is shown.
enum NoticeSubject: CaseIterable {
  /// A revoked device could not forget everybody.
  case erasure
  /// The disk cannot be written.
  case disk
  /// Scans that the server will never take.
  case refused
  /// The folder's other journals cannot be read.
  case unreadable
  /// The folder's other journals cannot be uploaded.
  case left
  /// The certificate cannot be renewed.
  case renewal
  /// The server does not tell the roster.
  case roster
}

/// A scan is too old for its device to take it back.
package struct UndoTooLate: Error, CustomStringConvertible {
  package var description: String { "The scan is older than 15 minutes; a supervisor may still take it back." }
}

extension StoreError {
  /// What an operator can do about it.
  package static func words(for error: any Error) -> String {
    error as? StoreError == .outOfSpace ? "its disk is full; make room." : "\(error)"
  }
}
