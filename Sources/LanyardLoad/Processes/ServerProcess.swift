package import Foundation
package import LanyardDomain
import Synchronization

/// A server of its own, `lanyard serve` on a data folder, that can be frozen, killed and started again at the same address.
/// Methods that wait keep the thread: call them from `onThreadOfItsOwn` where others need it.
package final class ServerProcess: Sendable {
  /// How it is started.
  package struct Setup: Sendable {
    package var program = ChildProcess.ownProgram
    package var data: URL
    /// With port 0 the first start takes a free one, and the later ones the same.
    package var address = Endpoint.loopback(port: 0)
    /// What follows `lanyard serve --grpc ADDRESS`.
    package var arguments: [String] = []
    /// Where its clock begins; nil for the machine's own time.
    package var moment: Instant?
    /// What it says on standard error is added to this file.
    package var log: URL
    /// How long a start may take.
    package var patience = Duration.seconds(60)

    /// - Parameter data: The data folder; the log is `serve.log` beside it.
    package init(data: URL) {
      self.data = data
      log = data.deletingLastPathComponent().appending(path: "serve.log")
    }
  }

  /// Thrown by a start that came to nothing.
  package struct NotReady: Error, CustomStringConvertible {
    /// The end of the log.
    package let log: String
    package var description: String { "the server did not say that it is ready; its log ends with:\n\(log)" }
  }

  private struct State {
    /// Nil while it is down.
    var child: ChildProcess?
    /// Of those that have ended.
    var earlier = ProcessUsage()
    /// Of the one that runs, when somebody looked last.
    var seen = ProcessUsage()
    var starts = 1
    /// How often it ended though nobody ended it.
    var deaths = 0
    /// How the last of these did.
    var lastDeath = ""
    /// The longest that a start but the first took.
    var longestStart = Duration.zero
    var setBack = Duration.zero
    var mayNotWrite = false

    /// What all of them have used; of one that is gone, up to the last look.
    mutating func look() -> ProcessUsage {
      if let child, child.isRunning, let now = ProcessUsage(of: child.id) { seen = now }
      return child == nil ? earlier : seen.adding(earlier)
    }

    /// Takes leave of the child that has ended, or was just ended.
    mutating func forgetChild() {
      guard let child else { return }
      earlier = seen.adding(earlier)
      earlier.memory = 0
      seen = ProcessUsage()
      if child.hasEndedByItself { (deaths, lastDeath) = (deaths + 1, child.endWords ?? "") }
      self.child = nil
    }
  }

  /// Address of its gRPC endpoint.
  package let address: Endpoint
  private let setup: Setup
  private let began = ContinuousClock.now
  /// One start or end at a time.
  private let turn = Mutex(())
  private let state: Mutex<State>

  /// Starts it and waits for its ready line.
  package init(_ setup: Setup) throws {
    self.setup = setup
    let child: ChildProcess
    (child, address) = try Self.launched(setup, moment: setup.moment)
    state = Mutex(State(child: child))
  }

  /// How often it was started.
  package var starts: Int { state.withLock { $0.starts } }

  /// How often it ended though nobody ended it, and was started again since or was not.
  package var deaths: Int {
    state.withLock { $0.deaths + ($0.child.map { $0.hasEndedByItself ? 1 : 0 } ?? 0) }
  }

  /// How it ended by itself, the last time, and the end of what it said; nil where it never did.
  package var deathWords: String? {
    let words: String? = state.withLock { state in
      if let child = state.child, child.hasEndedByItself { return child.endWords }
      return state.deaths > 0 ? state.lastDeath : nil
    }
    return words.map { "\($0); \(Self.lastWords(setup.log))" }
  }

  /// The longest that a start but the first took.
  package var longestStart: Duration { state.withLock { $0.longestStart } }

  /// Its number in the system; nil while it is down.
  package var id: Int32? { state.withLock { $0.child?.id } }

  /// Whether it runs, frozen or not.
  package var isRunning: Bool { state.withLock { $0.child?.isRunning ?? false } }

  /// What it has used in all its starts together; of one that ended by itself, up to the last time that this was asked.
  package var usage: ProcessUsage { state.withLock { $0.look() } }

  private static func launched(_ setup: Setup, moment: Instant?) throws -> (ChildProcess, address: Endpoint) {
    let rehearsal = moment.map { ["--rehearse-at", text($0)] } ?? []
    let child = try ChildProcess(
      setup.program,
      ["serve", "--grpc", "\(setup.address)", "--until-end-of-input"] + rehearsal + setup.arguments,
      environment: ["LANYARD_DATA": setup.data.path, "LANYARD_WEB": "off"],
      errors: setup.log
    )
    struct Ready: Decodable { let grpc: Endpoint }
    // A line of anything else, or none, is not ready either.
    guard let line = child.nextLine(by: .now + setup.patience),
      let ready = try? JSONDecoder().decode(Ready.self, from: line)
    else {
      child.kill()
      throw NotReady(log: end(of: setup.log))
    }
    return (child, ready.grpc)
  }

  /// What a log ends with, as part of a sentence.
  static func lastWords(_ log: URL) -> String {
    let words = end(of: log).trimmingCharacters(in: .whitespacesAndNewlines)
    return words.isEmpty ? "it said nothing" : "the last that it said:\n\(words)"
  }

  /// The last of a log, at most 2,000 bytes.
  static func end(of log: URL) -> String {
    do {
      return String(decoding: try Data(contentsOf: log).suffix(2000), as: UTF8.self)
    } catch {
      return "(no log: \(error))"
    }
  }

  /// RFC 3339, rounded up to a second, so that a clock that is started again is not behind what it showed before.
  private static func text(_ moment: Instant) -> String {
    (moment + .microseconds(999_999)).rfc3339()
  }

  /// Starts it again at the same address; its clock has gone on meanwhile. One that runs is left alone.
  package func start() throws {
    try turn.withLock { _ in
      guard !isRunning else { return }
      var again = setup
      again.address = address
      let (setBack, began) = (state.withLock { $0.setBack }, ContinuousClock.now)
      let (child, _) = try Self.launched(
        again,
        moment: setup.moment.map { $0 + self.began.duration(to: .now) - setBack }
      )
      let mayNotWrite = state.withLock { state in
        state.forgetChild()
        state.child = child
        state.starts += 1
        state.longestStart = max(state.longestStart, began.duration(to: .now))
        return state.mayNotWrite
      }
      if mayNotWrite { try Self.limitFiles(of: child, mayNotWrite: true) }
    }
  }

  /// Ends it as a power cut would; frozen or not.
  package func kill() { end { $0.kill() } }

  /// Asks it to end, and does not wait.
  package func terminate() { state.withLock { $0.child?.terminate() } }

  /// Ends it gracefully; returns its exit status, 0 where it did not run.
  ///
  /// - Parameter limit: After which it is killed.
  @discardableResult
  package func stop(within limit: Duration = .seconds(600)) -> Int32 {
    end { child in
      child.thaw()
      child.terminate()
      let end = ContinuousClock.now + limit
      while child.isRunning, .now < end { Thread.sleep(forTimeInterval: 0.01) }
      if child.isRunning { child.kill() }
      return child.waitUntilExit()
    } ?? 0
  }

  @discardableResult
  private func end<Value>(_ body: (ChildProcess) -> Value) -> Value? {
    turn.withLock { _ in
      let child = state.withLock { state in
        _ = state.look()
        return state.child
      }
      guard let child else { return nil }
      let value = body(child)
      state.withLock { $0.forgetChild() }
      return value
    }
  }

  /// Stops it where it stands (SIGSTOP); false where it is down.
  @discardableResult
  package func freeze() -> Bool {
    state.withLock { state in
      guard let child = state.child, child.isRunning else { return false }
      child.freeze()
      return true
    }
  }

  /// Lets it go on (SIGCONT).
  package func thaw() { state.withLock { $0.child?.thaw() } }

  /// Has its next start begin with a clock that is behind by so much more. A server never begins before the last scan on
  /// record: with scans on record, its clock goes on from the last of them, however far back it was set.
  package func setClock(back duration: Duration) { state.withLock { $0.setBack += duration } }

  /// Makes each write to a file fail with EFBIG, also of later starts once they are ready, or lets it write again.
  ///
  /// - Throws: Where the system does not allow it.
  package func setMayNotWrite(_ mayNotWrite: Bool) throws {
    try turn.withLock { _ in
      let child = state.withLock { state in
        state.mayNotWrite = mayNotWrite
        return state.child
      }
      if let child, child.isRunning { try Self.limitFiles(of: child, mayNotWrite: mayNotWrite) }
    }
  }

  private static func limitFiles(of child: ChildProcess, mayNotWrite: Bool) throws {
    // prlimit(2) is no function of the C library's that Swift sees; the program is of util-linux, as mount is.
    let limit = mayNotWrite ? "0:" : "unlimited:"
    let tool = try ChildProcess(URL(filePath: "/usr/bin/env"), ["prlimit", "--pid", "\(child.id)", "--fsize=\(limit)"])
    // One that is gone meanwhile writes nothing.
    guard tool.waitUntilExit() == 0 || !child.isRunning else { throw POSIXError(.EPERM) }
  }
}
