import Foundation
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardScanner
import LanyardTexts

/// Where a kiosk's badges come out.
enum KioskOutput: Sendable {
  /// A printer of CUPS.
  case printer(String)
  /// The path of a folder.
  case folder(String)

  /// How long a printer may take to take a badge, until the person is sent to the desk.
  private static let patience = Duration.seconds(10)

  /// Why a badge did not come out.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Why a badge did not come out, as the operator is told.
  static func told(_ error: any Error) -> Sentence {
    if let failure = error as? Failure { return .told(failure.description) }
    return .unexpected(error)
  }

  /// A folder that is there.
  static func folder(of path: String) throws -> KioskOutput {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      throw CommandFailure.usage(Sentence(.doneNotWritten, ["file": .text(path)]))
    }
    return .folder(path)
  }

  /// Prints a PDF file.
  ///
  /// - Parameter badge: Resource name of the badge.
  /// - Throws: `Failure`, or why the file cannot be written.
  func take(_ content: Data, named badge: String) async throws {
    let name = "badge-\(try ResourceName.badge(badge, field: "badge").serial)"
    switch self {
    case .folder(let path): try PartialFile.write(content, to: "\(path)/\(name).pdf")
    case .printer(let printer): try await Self.print(content, named: name, on: printer)
    }
  }

  private static func print(_ content: Data, named name: String, on printer: String) async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pdf").path
    // What it says goes into a file, which it cannot fill as it could a pipe.
    let answer = file + ".txt"
    defer {
      // lp has copied it when it ends.
      unlink(file)
      unlink(answer)
    }
    try PartialFile.write(content, to: file)
    try PartialFile.write(Data(), to: answer)
    guard let output = FileHandle(forWritingAtPath: answer) else { throw FileFault(answer, errno) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["lp", "-d", printer, "-t", name, "--", file]
    (process.standardInput, process.standardOutput, process.standardError) = (FileHandle.nullDevice, output, output)
    let isInTime = try await end(of: process)
    let said = try String(contentsOfFile: answer, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    guard process.terminationStatus == 0, isInTime else { throw Failure(description: said.isEmpty ? "lp" : said) }
  }

  /// Runs a process to its end; returns whether that came in time.
  private static func end(of process: Process) async throws -> Bool {
    let ends = AsyncStream<Void>.makeStream()
    process.terminationHandler = { _ in ends.continuation.finish() }
    try process.run()
    let watch = Task {
      await Task.pause(patience)
      guard !Task.isCancelled else { return false }
      kill(process.processIdentifier, SIGKILL)
      return true
    }
    for await _ in ends.stream {}
    watch.cancel()
    return await !watch.value
  }
}
