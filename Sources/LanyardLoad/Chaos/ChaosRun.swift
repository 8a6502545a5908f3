package import Foundation
import LanyardDomain
import Synchronization

/// Plays schedules of faults one after the other, each on a server of its own, until one leaves something wrong.
package struct ChaosRun: Sendable {
  /// A schedule that left something wrong.
  package struct Failure: Sendable {
    package let schedule: ChaosSchedule
    /// What is wrong, each with its history.
    package let faults: [String]
    /// Nil where it could not be played to its end.
    package let report: RunReport?
  }

  /// What came of it.
  package struct Result: Sendable {
    /// Schedules that were played to their end.
    package var tried = 0
    /// Scans that were compared with the record.
    package var checked = 0
    /// Of those that failed, the one of the lowest seed.
    package var failure: Failure?
    package var wasInterrupted = false
  }

  private typealias Played = (isComplete: Bool, checked: Int, failure: Failure?)

  /// How much longer than it lasts a schedule may take, on a machine that has much else to do.
  private static let patience = Duration.seconds(300)
  /// How long a server may take to end before what it left is kept.
  private static let stopTime = Duration.seconds(30)

  private let seeds: Range<UInt64>
  private let lanes: Int
  private let length: Duration
  private let together: Int
  private let place: URL
  private let kept: URL?
  private let program: URL

  /// - Parameters:
  ///   - together: How many are played at the same time.
  ///   - place: The folder in which each has a folder for its time.
  ///   - kept: Where the folder of one that fails is copied to; nil keeps nothing.
  package init(
    seeds: Range<UInt64>,
    lanes: Int,
    length: Duration,
    together: Int = 1,
    in place: URL,
    kept: URL? = nil,
    program: URL = ChildProcess.ownProgram
  ) {
    (self.seeds, self.lanes, self.length, self.together) = (seeds, lanes, length, together)
    (self.place, self.kept, self.program) = (place, kept, program)
  }

  /// - Parameters:
  ///   - interrupts: Ends it early.
  ///   - tell: Told after each, whether it was played to its end or not.
  package func run(
    interrupts: Interruption,
    tell: @escaping @Sendable (Result) -> Void
  ) async -> Result {
    let (played, wasInterrupted) = await interruptible(interrupts) { await playAll(tell) }
    var result = played
    result.wasInterrupted = wasInterrupted
    return result
  }

  private func playAll(_ tell: @escaping @Sendable (Result) -> Void) async -> Result {
    await withTaskGroup(of: Played?.self) { group in
      var result = Result()
      var rest = seeds.makeIterator()
      func playNext() {
        guard !Task.isCancelled, result.failure == nil, let seed = rest.next() else { return }
        group.addTask { await play(ChaosSchedule(seed: seed, lanes: lanes, length: length)) }
      }
      for _ in 0..<together { playNext() }
      while let ended = await group.next() {
        // One that was ended early proves nothing.
        guard let ended else { continue }
        if ended.isComplete { result.tried += 1 }
        result.checked += ended.checked
        if let failure = ended.failure, failure.schedule.seed < result.failure?.schedule.seed ?? .max {
          result.failure = failure
        }
        tell(result)
        playNext()
      }
      return result
    }
  }

  /// Plays one, which has to come to an end; nil where it was ended early.
  private func play(_ schedule: ChaosSchedule) async -> Played? {
    let limit = length + Self.patience
    let open = Mutex<LoadRun.Ground?>(nil)
    let stage = Mutex("preparing")
    let faults = Mutex<[String]>([])
    let ended = await ending(within: limit) {
      let words = "It did not end within \(TimeSpan.words(limit)); the last it did was \(stage.withLock { $0 })"
      faults.withLock { $0 = [words] }
      guard let ground = open.withLock({ $0 }) else { return }
      let kept = await keep(ground, schedule, [words])
      faults.withLock { $0 = kept }
    } _: {
      await playToEnd(schedule) { ground in
        open.withLock { $0 = ground }
      } tell: { told in
        stage.withLock { $0 = told.words }
      }
    }
    return ended ?? (false, 0, Failure(schedule: schedule, faults: faults.withLock { $0 }, report: nil))
  }

  /// - Parameter begin: Told of the ground, which is there for as long as this takes.
  private func playToEnd(
    _ schedule: ChaosSchedule,
    begin: @Sendable (LoadRun.Ground) -> Void,
    tell: @escaping @Sendable (LoadRun.Stage) -> Void
  ) async -> Played? {
    do {
      let (report, faults) = try await RunGround(schedule.scenario, on: .own, in: place, program: program, tell: tell)
        .withGround { ground in
          begin(ground)
          var (report, faults): (RunReport?, [String])
          do {
            let played = try await LoadRun(schedule.scenario, on: ground, tell: tell).run(interrupts: Interruption())
            (report, faults) = (played, Self.faults(of: played))
          } catch {
            (report, faults) = (nil, [Self.unplayed(error)])
          }
          if !faults.isEmpty, !Task.isCancelled { faults = await keep(ground, schedule, faults) }
          return (report, faults)
        }
      if Task.isCancelled { return nil }
      let failure = faults.isEmpty ? nil : Failure(schedule: schedule, faults: faults, report: report)
      return (report != nil, report?.audit.checked ?? 0, failure)
    } catch {
      if Task.isCancelled { return nil }
      return (false, 0, Failure(schedule: schedule, faults: [Self.unplayed(error)], report: nil))
    }
  }

  private static func unplayed(_ error: any Error) -> String { "It could not be played to its end: \(error)" }

  /// What a run left wrong.
  static func faults(of report: RunReport) -> [String] {
    var faults = report.ends + report.audit.faults
    if let unread = report.audit.unread {
      faults.append("Nothing was compared with the record, since \(unread)")
    } else if report.audit.faults.isEmpty && !report.audit.isClean {
      faults.append("The audit found something that it does not tell")
    } else if report.audit.checked == 0 {
      faults.append("Nothing was compared with the record, since no scan was answered")
    }
    if let returns = report.target(.laneReturns), !returns.kept {
      faults.append("\(returns.measured) of the lanes did not come back to the server after all was whole again")
    }
    if let silent = report.answers[RunRecorder.noAnswer], silent > 0 {
      faults.append("Lanes never answered \(silent) scans, not even that they failed")
    }
    // What breaks by chance may break what is down already.
    let troubled = report.faults.filter { $0.hitNothing != true }
    return faults + troubled.compactMap { fault in fault.trouble.map { "\(fault.what): it did not come off: \($0)" } }
  }

  /// Keeps what a schedule left behind, where that is wanted; returns its faults, with what went wrong with that.
  private func keep(_ ground: LoadRun.Ground, _ schedule: ChaosSchedule, _ faults: [String]) async -> [String] {
    guard let kept else { return faults }
    let copy = kept.appending(path: "seed-\(schedule.seed)")
    let words = schedule.lines + [""] + faults
    do {
      try await onThreadOfItsOwn {
        ground.server?.stop(within: Self.stopTime)
        try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
        if FileManager.default.fileExists(atPath: copy.path) { try FileManager.default.removeItem(at: copy) }
        try FileManager.default.copyItem(at: ground.folder, to: copy)
        try Data((words.joined(separator: "\n") + "\n").utf8).write(to: copy.appending(path: "what-failed.txt"))
      }
      return faults
    } catch {
      return faults + ["What it left could not be kept: \(error)"]
    }
  }
}

extension LoadRun.Stage {
  /// In words, with how far it came.
  fileprivate var words: String {
    switch self {
    case .preparing(let what, _, 0): what
    case .preparing(let what, let done, let all): "\(what) (\(done) of \(all) done)"
    case .running: "playing"
    }
  }
}
