import Foundation
import GRPCCore
import LanyardAPI
package import LanyardClient
package import LanyardDomain
import LanyardTexts
import SwiftProtobuf

/// One lane: the server answers its scans while it can, and the lane by itself while it cannot. What the lane answered by
/// itself is on disk before it is shown, and is uploaded in order when the server is back. `LaneMachine` decides; this does
/// what follows, with journal, stream and clock.
package actor Lane {
  /// What a lane is set up with.
  package struct Setup: Sendable {
    package var checkpoint: CheckpointAddress
    /// Whether operators may override refusals while the lane is offline.
    package var isSupervisor = false
    /// How long an answer of the server may take.
    package var patience = Duration.seconds(2)

    package init(checkpoint: CheckpointAddress) {
      self.checkpoint = checkpoint
    }
  }

  /// Answers in the order of the readings.
  package nonisolated let answers: AsyncStream<LaneAnswer>
  package nonisolated let checkpoint: CheckpointAddress
  let journal: LaneJournal
  let clock: LaneClock
  private let answered: AsyncStream<LaneAnswer>.Continuation
  private(set) var machine: LaneMachine
  /// For calls beside the lane's stream, on a connection of their own: one whose calls time out may end.
  package private(set) var client: ServerClient?
  /// To the server, while its stream is open.
  private var stream: AsyncStream<LaneSession.Outgoing>.Continuation?
  /// Ends the connection that is open.
  private var breaker: AsyncStream<Void>.Continuation?
  /// Whether the server has said on it how the lane stands.
  private(set) var hasHeard = false
  /// Up to which entries the other journals of the device's folder were heard, by their paths.
  private var heardUpTo: [String: Int64]
  /// Those who follow what happens to it.
  private var followers: [AsyncStream<Void>.Continuation] = []
  /// Those who wait to hand in a reading.
  private var room: [CheckedContinuation<Void, Never>] = []

  /// - Parameters:
  ///   - known: What the journal knows of the event, with what others of its folder heard since; nil takes the journal's own.
  ///   - elsewhere: What waits in the device's other journals: it did that by itself too.
  ///   - heardUpTo: The last of these of each journal, by its path.
  /// - Throws: `JournalError` where the journal cannot be read, or a newer version wrote it.
  package init(
    _ setup: Setup,
    journal: LaneJournal,
    known: StoredRoster? = nil,
    elsewhere: [JournalEntry] = [],
    heardUpTo: [String: Int64] = [:],
    clock: LaneClock = .system
  ) throws(JournalError) {
    checkpoint = setup.checkpoint
    self.journal = journal
    (self.clock, self.heardUpTo) = (clock, heardUpTo)
    (answers, answered) = AsyncStream.makeStream()
    let stored: StoredRoster
    if let known { stored = known } else { stored = try journal.roster() }
    let time: ServerTime?
    if let heard = stored.serverTime { time = heard } else { time = try journal.serverTime() }
    machine = try LaneMachine(
      setup,
      stored: stored,
      serverTime: time,
      entries: try journal.waiting(limit: .max),
      elsewhere: elsewhere
    )
  }

  /// Hands in a reading; its answer comes to `answers`. Waits while too many have none yet.
  package func submit(_ reading: LaneSession.Reading) async {
    while !machine.hasRoom {
      await withCheckedContinuation { room.append($0) }
    }
    carryOut { $0.submit(reading, at: $1) }
  }

  /// Waits until the lane could go on without the server.
  package func waitForRoster(atMost limit: Duration) async {
    let end = ContinuousClock.now + limit
    while !machine.roster.isReady, state != .revoked, ContinuousClock.now < end, !Task.isCancelled {
      await Task.pause(.milliseconds(20))
    }
  }

  /// Waits until it is known how the lane stands: whether it can answer, or is let in no more.
  package func waitForStanding(atMost limit: Duration) async {
    let end = ContinuousClock.now + limit
    while standing.shutOut == nil, !machine.roster.isReady || state == .connecting, ContinuousClock.now < end,
      !Task.isCancelled
    {
      await Task.pause(.milliseconds(20))
    }
  }

  /// No further answers will be asked for: the server hears that the lane ends, where it is reached.
  package func close() async {
    note { $0.ending() }
    // Also where all was uploaded just now and it is not live yet.
    if machine.isConnected, let client { await tellEnd(client) }
    answered.finish()
    breaker?.finish()
  }

  /// The process ends: the journal's file has all by itself from now on, and the lane keeps nothing any more.
  ///
  /// - Throws: `JournalError` where that could not be done, as on a full disk; nothing is lost by that.
  package func closeJournal() throws { try journal.close() }

  private func tellEnd(_ client: ServerClient) async {
    var options = CallOptions.defaults
    options.timeout = machine.setup.patience
    // Where no answer comes, the lane is silent to the organiser, as one that is switched off.
    _ = try? await Lanyard_V1_CheckInService.Client(wrapping: client).uploadCheckIns(
      .with {
        $0.parent = ResourceName.event(checkpoint.event).description
        $0.report = machine.report(at: clock.now)
      },
      options: options
    )
  }

  /// Takes a scan back: at the server, or, where it does not answer, in the journal until it does.
  ///
  /// - Throws: `RPCError` or `UndoTooLate` where it may not be taken back, `JournalError` where that cannot be written down.
  package func undo(_ scan: UUIDBytes) async throws {
    if machine.isOnline, let client {
      do {
        var options = CallOptions.defaults
        options.timeout = machine.setup.patience
        let event = checkpoint.event
        _ = try await Lanyard_V1_CheckInService.Client(wrapping: client).undoCheckIn(
          .with { $0.name = ResourceName.checkIn(scan, of: event).description },
          options: options
        )
        return note { $0.takenBack(scan) }
      } catch let error as RPCError where CallFailure(error).isServerOrNetwork && !CallFailure(error).isRefusal {
        // The journal keeps it.
      }
    }
    if let denial = carryOut({ $0.takeBack(scan, at: $1) }) { throw denial }
  }

  /// Looks, while the lane answers by itself, at what the device's other lanes have written down since.
  func lookElsewhere(_ folder: JournalFolder) throws {
    guard machine.isAlone else { return }
    let entries = try folder.waitingElsewhere(after: &heardUpTo)
    guard !entries.isEmpty else { return }
    try machine.heard(entries)
    tellFollowers()
  }

  // MARK: - Events and actions

  /// An element at once, and one whenever something may have happened to the lane; of several that nobody took yet, one.
  package func changes() -> AsyncStream<Void> {
    let (changes, follower) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    follower.yield()
    followers.append(follower)
    return changes
  }

  private func tellFollowers() {
    followers.removeAll { if case .terminated = $0.yield() { true } else { false } }
  }

  /// Tells the machine of something that needs nothing to be done.
  func note(_ event: (inout LaneMachine) -> Void) {
    event(&machine)
    tellFollowers()
  }

  /// Tells the machine what happened now, and does what follows, all of it before anything else happens.
  ///
  /// - Returns: Why a scan is not taken back, or the roster not kept; whoever asked for that is told.
  @discardableResult
  func carryOut(
    _ event: (inout LaneMachine, DeviceMoment) throws -> [LaneMachine.Action]
  ) rethrows -> (any Error)? {
    var fault: (any Error)?
    var actions = Array(try event(&machine, clock.now).reversed())
    while let action = actions.popLast() {
      switch action {
      case .send(let item): stream?.yield(item)
      case .show(var answer):
        answer.terms = machine.roster.plan?.event.terms ?? .none
        answered.yield(answer)
      case .denyUndo(let denial): fault = denial
      case .endConnection: endConnection()
      case .record(let fact, let moment): actions += record(fact, at: moment).reversed()
      case .keepTime(let time): keep(time)
      case .keepRoster(let changes, let cursor):
        do {
          try journal.apply(changes)
          machine.keptRoster(upTo: cursor)
        } catch { fault = error }
      case .forgetPeople:
        do { try journal.forgetPeople() } catch { machine.notForgotten(error) }
      }
    }
    if machine.hasRoom { wakeRoom() }
    tellFollowers()
    return fault
  }

  private func record(_ fact: Lanyard_V1_OfflineCheckIn, at moment: DeviceMoment) -> [LaneMachine.Action] {
    do {
      let order = try journal.append(fact, at: moment)
      return machine.recorded(as: order, at: clock.now)
    } catch {
      return machine.notRecorded(error, at: clock.now)
    }
  }

  private func keep(_ time: ServerTime) {
    do {
      try journal.keep(time)
      machine.kept(time)
    } catch {
      machine.notKept(error)
    }
  }

  private func endConnection() {
    (client, stream) = (nil, nil)
    breaker?.finish()
    breaker = nil
    hasHeard = false
  }

  private func wakeRoom() {
    let waiting = room
    room = []
    for continuation in waiting { continuation.resume() }
  }

  // MARK: - What connects it

  /// A connection begins.
  func connecting(breaker: AsyncStream<Void>.Continuation) {
    (self.breaker, hasHeard) = (breaker, false)
    machine.connecting()
  }

  /// Takes in what the roster tells on the connection that stands.
  ///
  /// - Throws: `CancellationError` where that was given up meanwhile: what was under way may tell of a scan that is taken back by
  ///   now, and comes again on the next one; else what `take` throws.
  func takeOnConnection(_ message: Lanyard_V1_WatchRosterResponse) throws {
    guard breaker != nil else { throw CancellationError() }
    try take(message)
  }

  /// The server has answered.
  func opened(
    _ lane: Lanyard_V1_StreamCheckInsResponse.LaneOpened,
    _ stream: AsyncStream<LaneSession.Outgoing>.Continuation
  ) {
    self.stream = stream
    hasHeard = true
    carryOut { $0.opened(lane, at: $1) }
  }

  /// The device scans elsewhere now: nobody is let in, and the connection stays for what waits.
  func moved(_ why: Sentence) {
    hasHeard = true
    carryOut { machine, moment in
      machine.refused(why, at: moment).filter { if case .endConnection = $0 { false } else { true } }
    }
  }

  /// Calls beside the stream can be made from now on.
  func mayCall(_ client: ServerClient) {
    if machine.isConnected { self.client = client }
  }
}
