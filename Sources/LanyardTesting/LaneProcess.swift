package import Foundation
import Glibc
import Synchronization

/// A lane's own process, `lanyard scan --json`, whose operator scans one badge after the other.
package final class LaneProcess: Sendable {
  /// One line that the operator saw.
  package struct Shown: Sendable, Hashable, Decodable {
    package let code: String
    package let answer: String
    package let reason: String?
    package let offline: Bool
    /// Id of the scan.
    package let scan: String
  }

  private let process: Process
  private let input: FileHandle
  private let output: LineSource

  /// Starts the lane.
  ///
  /// - Parameter arguments: What follows `lanyard scan --json`.
  package init(_ arguments: [String], data: URL) throws {
    signal(SIGPIPE, SIG_IGN)
    process = Process()
    process.executableURL = LanyardProgram.url
    process.arguments = ["scan", "--json"] + arguments
    process.environment = LanyardProgram.environment(data)
    let (stdin, stdout) = (Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = FileHandle.nullDevice
    try process.run()
    input = stdin.fileHandleForWriting
    output = LineSource(stdout.fileHandleForReading)
  }

  /// Types a code and waits for what the screen says; nil where the process is gone.
  package func scan(_ code: String) -> Shown? {
    guard (try? input.write(contentsOf: Data("\(code)\n".utf8))) != nil else { return nil }
    return next()
  }

  /// Types codes without waiting for answers.
  package func type(_ codes: [String]) {
    try? input.write(contentsOf: Data(codes.map { "\($0)\n" }.joined().utf8))
  }

  /// The next line of the screen; nil where the process is gone.
  package func next() -> Shown? {
    output.next().flatMap { try? JSONDecoder().decode(Shown.self, from: $0) }
  }

  /// Ends it as a power cut would; returns what the screen had still shown.
  package func kill() -> [Shown] {
    _ = Glibc.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    var rest: [Shown] = []
    while let shown = next() { rest.append(shown) }
    return rest
  }

  /// Ends the input and waits for the process; returns its exit status.
  package func finish() -> Int32 {
    try? input.close()
    while output.next() != nil {}
    process.waitUntilExit()
    return process.terminationStatus
  }
}

/// Lines of a pipe, one after the other.
final class LineSource: Sendable {
  private let handle: FileHandle
  private let rest = Mutex(Data())

  init(_ handle: FileHandle) {
    self.handle = handle
  }

  /// The next whole line; nil at the end.
  func next() -> Data? {
    rest.withLock { rest in
      while true {
        if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          let line = Data(rest[rest.startIndex..<end])
          rest = Data(rest[rest.index(after: end)...])
          return line
        }
        let more = handle.availableData
        if more.isEmpty { return nil }
        rest.append(more)
      }
    }
  }
}
