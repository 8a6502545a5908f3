package import Foundation
import LanyardDomain
import Synchronization

/// A lane's own process, `lanyard scan --json`, whose operator scans one badge after the other. It has one direction, from
/// its arguments; answers come in the order of the codes.
package final class LaneProcess: Sendable {
  /// One line that the operator saw.
  package struct Shown: Sendable, Hashable, Decodable {
    /// The answer to a scan that failed.
    static let notRecorded = "NOT_RECORDED"

    package let code: String
    /// `ADMITTED`, `LEFT`, `REFUSED`, or `notRecorded`.
    package let answer: String
    package let reason: String?
    /// Of the person; empty or nil where none is known.
    package let name: String?
    /// Whether the lane decided by itself.
    package let offline: Bool
    /// Id of the scan.
    package let scan: String

    /// What came of it; nil where that is none of the contract, or it failed.
    var cameTo: Answer? {
      switch AnswerKind(rawValue: answer) {
      case .admitted?: return .admitted
      case .left?: return .wentOut
      case .refused?:
        guard let reason, let why = RefusalReason(rawValue: reason) else { return nil }
        return .refused(why)
      case nil: return nil
      }
    }
  }

  private let child: ChildProcess
  /// What it used when somebody looked last.
  private let seen = Mutex(ProcessUsage())

  /// Starts the lane.
  ///
  /// - Parameters:
  ///   - arguments: What follows `lanyard scan --json`; the device and, if it is to be one way, `--direction in` or `out`.
  ///   - data: The data folder, for a lane that is no device.
  ///   - errors: Where what it says on standard error is added to; nil forgets it.
  package init(
    _ arguments: [String],
    data: URL,
    environment: [String: String] = [:],
    program: URL = ChildProcess.ownProgram,
    errors: URL? = nil
  ) throws {
    child = try ChildProcess(
      program,
      ["scan", "--json"] + arguments,
      environment: environment.merging(["LANYARD_DATA": data.path]) { $1 },
      errors: errors
    )
  }

  /// What it uses; nil where it is gone.
  package var usage: ProcessUsage? { ProcessUsage(of: child.id) }

  /// What it has used; of one that is gone, up to the last time that this was asked.
  var used: ProcessUsage {
    let now = usage
    return seen.withLock { seen in
      if let now { seen = now }
      return seen
    }
  }

  /// How it has ended, in words; nil while it runs.
  package var endWords: String? { child.endWords }

  /// Types codes without waiting for answers; false where the process is gone. Waits while it is frozen and its pipe, of
  /// 64 KiB, is full.
  @discardableResult
  package func type(_ codes: [String]) -> Bool { child.write(codes.map { "\($0)\n" }.joined()) }

  /// Types a code and waits for what the screen says; nil where the process is gone.
  package func scan(_ code: String) -> Shown? { type([code]) ? next() : nil }

  /// The next line of the screen; nil where the process is gone.
  package func next() -> Shown? {
    while let line = nextLine() {
      // What is no answer is nothing that an operator goes by.
      if let shown = try? JSONDecoder().decode(Shown.self, from: line) { return shown }
    }
    return nil
  }

  /// The next line as it was printed; nil where the process is gone.
  package func nextLine() -> Data? { child.nextLine() }

  /// Every further line of the screen, until the process is gone; in place of `next` and `scan`, and for one reader. What
  /// is not read yet is kept, of which there is no more than was typed.
  package func answers() -> AsyncStream<Shown> {
    let (stream, feed) = AsyncStream.makeStream(of: Shown.self)
    Thread.detachNewThread { [self] in
      while let shown = next() { feed.yield(shown) }
      feed.finish()
    }
    return stream
  }

  /// Stops it where it stands.
  package func freeze() { child.freeze() }

  /// Lets it go on.
  package func thaw() { child.thaw() }

  /// Ends it as a power cut would; what it had still shown is read with `next` or `answers`. A scan may be on record though
  /// its answer was never shown.
  package func kill() { child.kill() }

  /// Asks it to end, as the system that started it does; returns its exit status.
  package func terminate() -> Int32 {
    child.terminate()
    return child.waitUntilExit()
  }

  /// Ends the input while somebody reads `answers`, and waits until the process is gone; one that is not within a limit is killed.
  /// Returns its exit status, as `finish` does, and nil for one that was killed.
  package func finish(within limit: Duration) -> Int32? {
    child.closeInput()
    return child.end(within: limit)
  }

  /// Ends the input, and waits until what it shows was read and the process is gone; returns its exit status: 0, 1 where a
  /// scan was refused, 3 where one was not recorded or still waits on the device.
  ///
  /// - Parameter isRead: Whether somebody reads `answers`; else what it still shows is passed over.
  package func finish(isRead: Bool = false) -> Int32 {
    child.closeInput()
    if !isRead { while child.nextLine() != nil {} }
    return child.waitUntilExit()
  }
}
