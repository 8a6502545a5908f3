import LanyardScanner
import Synchronization

/// Breaks what a scenario says should break, when it says so, and mends it again.
package struct FaultRunner: Sendable {
  /// What was done of a fault. Times are from the start of the run.
  package struct Done: Sendable, Hashable {
    package var fault: ScheduledFault
    package var began: Duration
    /// When what was broken was whole again, as far as this fault goes.
    package var ended: Duration
    /// In words, such as `the server was killed`.
    package var what: String
    /// Why it did not come off, or not wholly; nil where it did.
    package var trouble: String?
    /// Whether that is because what it breaks was down all the while, by another fault.
    package var hitNothing = false
  }

  /// Thrown where a run has not got what a fault breaks.
  private struct Absent: Error, CustomStringConvertible {
    let description: String
  }

  /// Thrown where what a fault breaks is down already.
  fileprivate struct Down: Error, CustomStringConvertible {
    var description: String { "the server was down already" }
  }

  /// From one filling of a full disk to the next, since what is freed meanwhile is room again.
  private static let refill = Duration.milliseconds(200)

  private let server: ServerProcess?
  private let lines: [FaultyLine]
  private let laneProcesses: [Int: LaneProcess]
  private let disk: FullDisk?

  /// - Parameters:
  ///   - server: Nil where the server is another's, which is not touched.
  ///   - lines: The line of each lane to the server, in the order of the lanes; empty where they have none of their own.
  ///   - laneProcesses: The processes of those lanes that have one.
  ///   - disk: Where the server's data folder lies.
  package init(
    server: ServerProcess? = nil,
    lines: [FaultyLine] = [],
    laneProcesses: [Int: LaneProcess] = [:],
    disk: FullDisk? = nil
  ) {
    self.server = server
    self.lines = lines
    self.laneProcesses = laneProcesses
    self.disk = disk
  }

  /// Carries out faults, which may overlap. When it returns, also by cancellation, all is whole: the server runs, nothing
  /// is frozen, every line passes, and the disk has room; what is not says `trouble`.
  ///
  /// - Parameter start: Of the run, which the faults' times count from.
  /// - Returns: What was done, in the order of its beginning; faults that were due only after a cancellation are missing.
  package func run(_ faults: [ScheduledFault], from start: ContinuousClock.Instant) async -> [Done] {
    let broken = Broken(lines: lines, server: server, laneProcesses: laneProcesses, disk: disk)
    return await withTaskGroup(of: Done?.self) { group in
      for fault in faults {
        group.addTask { await carryOut(fault, from: start, broken) }
      }
      var done: [Done] = []
      for await one in group { if let one { done.append(one) } }
      return done.sorted { $0.began < $1.began }
    }
  }

  private func carryOut(_ fault: ScheduledFault, from start: ContinuousClock.Instant, _ broken: Broken) async -> Done? {
    do {
      try await Task.sleep(until: start + fault.at, clock: .continuous)
    } catch {
      return nil
    }
    let began = start.duration(to: .now)
    var done = Done(fault: fault, began: began, ended: began, what: fault.what)
    do {
      try checkMeans(fault)
    } catch let absent {
      done.trouble = absent.description
      return done
    }
    func note(_ error: any Error) {
      if done.trouble == nil { (done.trouble, done.hitNothing) = ("\(error)", error is Down) }
    }
    let frozen = broken.timesFrozen
    do {
      try await onThreadOfItsOwn { try broken.begin(fault.kind) }
    } catch {
      note(error)
    }
    // A cancellation only shortens it: what was broken is mended whatever happens.
    await last(fault, broken)
    do {
      try await onThreadOfItsOwn { try broken.end(fault.kind) }
    } catch {
      note(error)
    }
    if case .freeze = fault.kind, broken.timesFrozen == frozen { note(Down()) }
    done.ended = start.duration(to: .now)
    return done
  }

  /// Waits until a fault is over, and keeps it up meanwhile.
  private func last(_ fault: ScheduledFault, _ broken: Broken) async {
    let end = ContinuousClock.now + fault.length
    switch fault.kind {
    case .flap(let lanes, let every, _):
      var isCut = true
      while !Task.isCancelled, .now < end {
        await Task.pause(min(max(every, .milliseconds(1)), ContinuousClock.now.duration(to: end)))
        isCut.toggle()
        broken.set(.cut, lanes, isOn: isCut)
      }
      if !isCut { broken.set(.cut, lanes, isOn: true) }
    case .fullDisk:
      while !Task.isCancelled, .now < end {
        await Task.pause(min(Self.refill, ContinuousClock.now.duration(to: end)))
        // Where it fails now, it is not full for a moment, as a disk may be that somebody cleans.
        try? await onThreadOfItsOwn { try broken.fill() }
      }
    case .kill, .freeze, .cut, .blackHole, .slow, .freezeLane, .clockBack: await Task.pause(fault.length)
    }
  }

  private func checkMeans(_ fault: ScheduledFault) throws(Absent) {
    switch fault.kind {
    case .kill, .freeze, .clockBack:
      guard server != nil else { throw Absent(description: "the server is not this run's own") }
    case .fullDisk:
      guard server != nil, disk != nil else { throw Absent(description: "the server's disk is not this run's own") }
    case .cut(let lanes, _), .blackHole(let lanes, _), .slow(let lanes, _, _), .flap(let lanes, _, _):
      if let lane = lanes.first(where: { !lines.indices.contains($0) }) {
        throw Absent(description: "lane \(lane + 1) has no line of its own")
      }
    case .freezeLane(let lane, _):
      guard laneProcesses[lane] != nil else { throw Absent(description: "lane \(lane + 1) is no process of its own") }
    }
  }
}

/// What is broken at the moment, and by how many faults at once: only the end of the last mends it.
private final class Broken: Sendable {
  private struct Counts {
    /// By lane, each conduct that a fault asks of its line.
    var lines: [Int: [FaultyLine.Conduct]] = [:]
    var frozenLanes: [Int: Int] = [:]
    var kills = 0
    var freezes = 0
    /// How often the server was frozen.
    var timesFrozen = 0
    var fullDisks = 0
  }

  private let lines: [FaultyLine]
  private let server: ServerProcess?
  private let laneProcesses: [Int: LaneProcess]
  private let disk: FullDisk?
  private let counts = Mutex(Counts())
  /// The server is killed, started, and its disk filled by one fault at a time.
  private let turn = Mutex(())

  init(lines: [FaultyLine], server: ServerProcess?, laneProcesses: [Int: LaneProcess], disk: FullDisk?) {
    self.lines = lines
    self.server = server
    self.laneProcesses = laneProcesses
    self.disk = disk
  }

  /// How often the server was frozen by now; one that is started while a fault has it frozen is so too.
  var timesFrozen: Int { counts.withLock { $0.timesFrozen } }

  func begin(_ kind: ScheduledFault.Kind) throws {
    switch kind {
    case .kill:
      try turn.withLock { _ in
        counts.withLock { $0.kills += 1 }
        guard server?.isRunning ?? false else { throw FaultRunner.Down() }
        server?.kill()
      }
    case .clockBack(let duration):
      try turn.withLock { _ in
        server?.setClock(back: duration)
        server?.kill()
        try startServer()
      }
    case .freeze:
      counts.withLock { $0.freezes += 1 }
      freeze()
    case .freezeLane(let lane, _):
      counts.withLock { $0.frozenLanes[lane, default: 0] += 1 }
      laneProcesses[lane]?.freeze()
    case .fullDisk:
      // Where somebody reads the log for long, its room stays, and the disk is met later.
      try? disk?.emptyLog()
      counts.withLock { $0.fullDisks += 1 }
      try fill()
    case .cut(let lanes, _), .flap(let lanes, _, _): set(.cut, lanes, isOn: true)
    case .blackHole(let lanes, _): set(.swallow, lanes, isOn: true)
    case .slow(let lanes, let delay, _): set(.slow(by: delay), lanes, isOn: true)
    }
  }

  func end(_ kind: ScheduledFault.Kind) throws {
    switch kind {
    case .kill:
      try turn.withLock { _ in
        counts.withLock { $0.kills -= 1 }
        try startServer()
      }
    case .clockBack: break
    case .freeze:
      counts.withLock { counts in
        counts.freezes -= 1
        if counts.freezes == 0 { server?.thaw() }
      }
    case .freezeLane(let lane, _):
      let isLast = counts.withLock { counts in
        counts.frozenLanes[lane, default: 1] -= 1
        return counts.frozenLanes[lane] == 0
      }
      if isLast { laneProcesses[lane]?.thaw() }
    case .fullDisk:
      try turn.withLock { _ in
        let isLast = counts.withLock { counts in
          counts.fullDisks -= 1
          return counts.fullDisks == 0
        }
        // A disk that cannot be freed is no reason to leave the server down.
        let freed = Result { if isLast, let server { try disk?.free(server) } }
        try startServer()
        try freed.get()
      }
    case .cut(let lanes, _), .flap(let lanes, _, _): set(.cut, lanes, isOn: false)
    case .blackHole(let lanes, _): set(.swallow, lanes, isOn: false)
    case .slow(let lanes, let delay, _): set(.slow(by: delay), lanes, isOn: false)
    }
  }

  /// Starts the server unless it runs; where another fault keeps it down, or leaves it no room to start, that one does it
  /// when it is over.
  private func startServer() throws {
    guard counts.withLock({ $0.kills == 0 }) else { return }
    do {
      try server?.start()
    } catch  where counts.withLock({ $0.fullDisks > 0 }) {}
    freeze()
  }

  /// Freezes the server while a fault asks for that and it runs.
  private func freeze() {
    counts.withLock { counts in
      if counts.freezes > 0, let server, server.freeze() { counts.timesFrozen += 1 }
    }
  }

  /// Fills the disk, or what has become free of it.
  func fill() throws {
    try turn.withLock { _ in
      guard let server, counts.withLock({ $0.fullDisks > 0 }) else { return }
      try disk?.fill(server)
    }
  }

  /// Asks a conduct of the lanes' lines, or takes that back; each line does the worst that is asked of it.
  func set(_ conduct: FaultyLine.Conduct, _ lanes: [Int], isOn: Bool) {
    counts.withLock { counts in
      for lane in lanes where lines.indices.contains(lane) {
        var asked = counts.lines[lane] ?? []
        if isOn {
          asked.append(conduct)
        } else if let index = asked.firstIndex(of: conduct) {
          asked.remove(at: index)
        }
        counts.lines[lane] = asked
        lines[lane].become(asked.max { $0.rank < $1.rank } ?? .pass)
      }
    }
  }
}

extension FaultyLine.Conduct {
  /// How bad it is: a cut is worse than a loss, since it is also noticed.
  fileprivate var rank: Duration {
    switch self {
    case .pass: .zero
    case .slow(let delay): delay
    case .swallow: .seconds(1_000_000)
    case .cut: .seconds(2_000_000)
    }
  }
}
