package import Foundation
package import LanyardClient
package import LanyardDomain
import LanyardScanner

/// A server of the load test's own: the real program as a child process on a folder that is made for it.
package struct OwnServer: Sendable {
  package let process: ServerProcess
  /// As an organiser.
  package let organiser: ServerAccess
  /// As the lanes.
  package let scanner: ServerAccess

  /// How long a command on the data folder may take, before it is killed.
  private static let commandTime = Duration.seconds(60)
  private static let token = "organiser.token"
  /// How long after a call has failed its server may be found to be gone.
  private static let afterthought = Duration.milliseconds(300)
  /// Well above what one driver asks for from one address.
  private static let arguments = [
    "--max-connections-per-caller", "2000", "--searches-per-minute", "10000", "--log-level", "warning",
    "--max-watches-per-caller", "2000",
  ]

  /// Makes the folder's certificates and starts the server; it ends with `process.stop()`.
  ///
  /// - Parameters:
  ///   - folder: A new folder; where it holds a store, the server goes on with it.
  ///   - moment: Where its clock begins.
  package static func start(
    in folder: URL,
    at moment: Instant,
    program: URL = ChildProcess.ownProgram
  ) async throws -> OwnServer {
    let data = folder.appending(path: PrivateFolder.data)
    _ = try await run(program, ["certs", "init"], data)
    var setup = ServerProcess.Setup(data: data)
    setup.program = program
    setup.moment = moment
    setup.arguments = arguments
    let ready = setup
    let process = try await onThreadOfItsOwn { try ServerProcess(ready) }
    do {
      let token = try String(contentsOf: data.appending(path: Self.token), encoding: .utf8)
      let made = try await run(program, ["admin", "token", "create", "--role", "scanner", "--label", "lanes"], data)
      return OwnServer(
        process: process,
        organiser: try access(process, token, data),
        scanner: try access(process, made, data)
      )
    } catch {
      process.kill()
      throw error
    }
  }

  /// Does something with it; where that fails since the server has ended by itself, says so.
  ///
  /// - Throws: `LoadFailure` for that, and what the body throws.
  package func blamed<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch {
      // A call may fail a moment before its process is known to be gone.
      let end = ContinuousClock.now + Self.afterthought
      while process.deathWords == nil, .now < end, !Task.isCancelled { await Task.pause(.milliseconds(20)) }
      guard let words = process.deathWords, !Task.isCancelled else { throw error }
      throw LoadFailure("the load test's own server has ended by itself, which nothing asked it to: \(words)")
    }
  }

  private static func access(_ process: ServerProcess, _ token: String, _ data: URL) throws -> ServerAccess {
    var access = ServerAccess(
      process.address,
      token: token.trimmingCharacters(in: .whitespacesAndNewlines),
      authorityPath: data.appending(path: "certs/authority.pem").path
    )
    access.callTimeout = .seconds(30)
    return access
  }

  /// Runs a command on the data folder to its end; returns the first line that it printed.
  private static func run(_ program: URL, _ arguments: [String], _ data: URL) async throws -> String {
    let log = data.deletingLastPathComponent().appending(path: "commands.log")
    return try await onThreadOfItsOwn {
      let child = try ChildProcess(program, arguments, environment: ["LANYARD_DATA": data.path], errors: log)
      let end = ContinuousClock.now + Self.commandTime
      let line = child.nextLine(by: end)
      while child.nextLine(by: end) != nil {}
      guard let status = child.end(within: max(.zero, ContinuousClock.now.duration(to: end))) else {
        let command = arguments.joined(separator: " ")
        throw LoadFailure("lanyard \(command) did not end within \(TimeSpan.words(Self.commandTime)), and was killed")
      }
      guard status == 0 else {
        throw LoadFailure("lanyard \(arguments.joined(separator: " ")) failed: \(ServerProcess.end(of: log))")
      }
      return line.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
  }
}
