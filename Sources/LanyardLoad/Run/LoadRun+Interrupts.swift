package import Foundation
import Synchronization

extension LoadRun {
  /// Thrown where a run is ended while there is nothing to report yet, or not all of it any more.
  package struct Unmeasured: Error, CustomStringConvertible {
    package let description =
      "ended before there was a report: what was done so far says nothing, and nothing of it is left"
  }

  /// Makes the ground, plays and reports. Before anything is measured an interrupt ends the whole; after that each ends
  /// what is under way, the measured time first, and there is a report.
  ///
  /// - Throws: `Unmeasured`, and what `RunGround` and `run` throw.
  package static func play(
    _ scenario: Scenario,
    on choice: RunGround.Choice,
    in place: URL,
    program: URL = ChildProcess.ownProgram,
    interrupts: Interruption,
    tell: @escaping @Sendable (Stage) -> Void
  ) async throws -> RunReport {
    let stage = RunStage()
    let told: @Sendable (Stage) -> Void = {
      stage.note($0)
      tell($0)
    }
    return try await withThrowingTaskGroup(of: RunReport?.self) { group in
      group.addTask {
        try await RunGround(scenario, on: choice, in: place, program: program, tell: told).withGround { ground in
          try await LoadRun(scenario, on: ground, tell: told).run(interrupts: interrupts)
        }
      }
      group.addTask {
        repeat { try await interrupts.coming() } while stage.hasMeasured
        throw Unmeasured()
      }
      defer { group.cancelAll() }
      while let ended = try await group.next() { if let ended { return ended } }
      throw CancellationError()
    }
  }
}

/// How far a run has come.
private final class RunStage: Sendable {
  private let measured = Mutex(false)

  /// Whether it measures, or has.
  var hasMeasured: Bool { measured.withLock { $0 } }

  func note(_ stage: LoadRun.Stage) {
    if case .running = stage { measured.withLock { $0 = true } }
  }
}
