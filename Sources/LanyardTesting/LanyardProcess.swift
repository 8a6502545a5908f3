package import Foundation
package import LanyardDomain
package import LanyardLoad

/// The `lanyard` executable that the tests were built with, run as its users run it.
package enum LanyardProgram {
  /// What a command said and how it ended.
  package struct Result: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String

    /// Each line of the output as JSON.
    package func json() throws -> [[String: any Sendable]] {
      try output.split(separator: "\n").compactMap { line in
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: any Sendable]
      }
    }
  }

  /// Path of the executable, beside the test bundle.
  package static func path(beside bundle: URL) -> URL { bundle.deletingLastPathComponent().appending(path: "lanyard") }

  /// The executable in the folder that this process was started from.
  package static let url = path(beside: URL(filePath: CommandLine.arguments[0]))

  /// Runs a command on a data folder to its end.
  ///
  /// - Parameters:
  ///   - program: What is run; `lanyard` where nothing is said.
  ///   - variables: Added to the environment.
  package static func run(
    _ arguments: [String],
    data: URL,
    input: String = "",
    program: URL = url,
    environment variables: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = environment(data).merging(variables) { $1 }
    let (stdin, stdout) = (Pipe(), Pipe())
    let errors = data.deletingLastPathComponent().appending(path: "errors-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let writer = Thread {
      // A process that ends before it has read all is judged by its status.
      try? stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try? stdin.fileHandleForWriting.close()
    }
    writer.start()
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus,
      output: String(decoding: output, as: UTF8.self),
      errors: try String(contentsOf: errors, encoding: .utf8)
    )
  }

  static func environment(_ data: URL) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["LANYARD_DATA"] = data.path
    // Servers of several tests at once would want the same port.
    environment["LANYARD_WEB"] = "off"
    // Whatever the machine speaks.
    environment["LC_ALL"] = "C.UTF-8"
    return environment
  }
}

/// A server process on a data folder.
package final class LanyardServerProcess: Sendable {
  package typealias NotReady = ServerProcess.NotReady

  package let process: ServerProcess
  /// Address of its gRPC endpoint.
  package var address: Endpoint { process.address }

  /// Starts `lanyard serve` and waits for its ready line.
  package init(
    data: URL,
    address: Endpoint = .loopback(port: 0),
    arguments: [String] = ["--rehearse-at", "2024-05-27T08:30:00+02:00"]
  ) throws {
    var setup = ServerProcess.Setup(data: data)
    setup.program = LanyardProgram.url
    setup.address = address
    setup.arguments = arguments
    process = try ServerProcess(setup)
  }

  /// Ends it as a power cut would.
  package func kill() { process.kill() }

  /// Asks it to end, and does not wait.
  package func signal() { process.terminate() }

  /// Ends it gracefully; returns its exit status.
  @discardableResult
  package func stop() -> Int32 { process.stop() }
}

extension LanyardServerProcess {
  /// Runs a server with the events of the sample on a new data folder, while the body runs.
  ///
  /// - Parameter body: Gets a folder, the data folder in it, and the server.
  package static func withProgramme(_ body: (URL, URL, LanyardServerProcess) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      _ = try LanyardProgram.run(["certs", "init"], data: data)
      let server = try LanyardServerProcess(data: data)
      defer { server.stop() }
      _ = try LanyardProgram.run(["event", "import", SampleData.url("programme.json").path], data: data)
      try body(folder, data, server)
    }
  }
}

extension LaneProcess {
  /// Starts a lane of the executable that the tests were built with.
  package convenience init(_ arguments: [String], data: URL) throws {
    try self.init(arguments, data: data, program: LanyardProgram.url)
  }
}
