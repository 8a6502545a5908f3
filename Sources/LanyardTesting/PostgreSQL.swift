import Foundation

/// A PostgreSQL 15 of its own in a new folder, which listens on a socket there and on no network. It orders texts as people
/// do, as a database that an organiser's own staff made may do: only what says otherwise is ordered by its bytes.
package struct PostgreSQL: Sendable {
  private static let programs = "/usr/lib/postgresql/15/bin"
  /// It refuses to run as root; Debian's package brings a user for it.
  private static let user =
    geteuid() == 0 ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"] : []

  private let folder: URL

  /// Why it could not be started; the server's own words.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// Runs a server while the body runs.
  package static func run<Value>(_ body: (PostgreSQL) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lanyard-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // It lies among the machine's temporary files.
    defer { try? FileManager.default.removeItem(at: folder) }
    let server = PostgreSQL(folder: folder)
    if geteuid() == 0 { try server.require(["chown", "postgres", folder.path]) }
    try server.require(
      user + ["\(programs)/initdb", "--pgdata", "\(folder.path)/data", "--username", "lanyard"]
        + ["--auth", "trust", "--encoding", "UTF8", "--locale", "C.utf8"]
        + ["--locale-provider", "icu", "--icu-locale", "en", "--no-sync"]
    )
    let process = try server.started(
      user + ["\(programs)/postgres", "-D", "\(folder.path)/data", "-c", "listen_addresses="]
        + ["-c", "unix_socket_directories=\(folder.path)", "-c", "fsync=off"],
      saying: "log"
    )
    defer {
      process.interrupt()
      process.waitUntilExit()
    }
    while try server.said(by: ["\(programs)/pg_isready", "--host", folder.path, "--quiet"]).status != 0 {
      guard process.isRunning else {
        throw Failure(description: try String(contentsOf: folder.appending(path: "log"), encoding: .utf8))
      }
      Thread.sleep(forTimeInterval: 0.05)
    }
    return try body(server)
  }

  /// Runs a script; what it says goes line by line, its errors among it. It goes on after an error.
  package func psql(_ script: String) throws -> String {
    let file = folder.appending(path: "script.sql")
    try script.write(to: file, atomically: true, encoding: .utf8)
    return try said(
      by: ["\(Self.programs)/psql", "--host", folder.path, "--username", "lanyard", "--no-psqlrc", "--quiet"]
        + ["--tuples-only", "--file", file.path, "postgres"]
    ).output
  }

  private func require(_ command: [String]) throws {
    let (status, output) = try said(by: command)
    guard status == 0 else { throw Failure(description: "\(command.joined(separator: " ")): \(output)") }
  }

  /// Runs a command to its end.
  private func said(by command: [String]) throws -> (status: Int32, output: String) {
    let name = "said-\(UUID().uuidString)"
    let process = try started(command, saying: name)
    process.waitUntilExit()
    let output = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return (process.terminationStatus, output)
  }

  /// Starts a command.
  ///
  /// - Parameter name: Of the file in the folder that takes what it says.
  private func started(_ command: [String], saying name: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = URL(filePath: "/")
    let file = folder.appending(path: name)
    _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    let handle = try FileHandle(forWritingTo: file)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    try handle.close()
    return process
  }
}
