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
  private static let patience = 10

  /// Why a badge did not come out.
  enum Failure: Error {
    /// What `lp` said.
    case refused(String)
    /// With what `lp` had said by then; may be empty.
    case tooSlow(String)
  }

  /// Why a badge did not come out, as the operator is told.
  static func told(_ error: any Error) -> Sentence {
    switch error as? Failure {
    case .refused(let said): .told(said)
    case .tooSlow(""): Sentence(.kioskTooSlow, ["seconds": .count(patience)])
    case .tooSlow(let said): Sentence(.kioskTooSlowSaid, ["seconds": .count(patience), "said": .text(said)])
    case nil: .unexpected(error)
    }
  }

  /// A printer of CUPS, where there is what prints with it.
  static func printer(named name: String) throws -> KioskOutput {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    guard folders.contains(where: { access("\($0)/lp", X_OK) == 0 }) else {
      throw CommandFailure.usage(Sentence(.kioskNoProgram))
    }
    return .printer(name)
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
    // Both have no name any more, so that nothing of a badge stays in a folder, whatever ends the kiosk.
    let (badge, answer) = (try nameless(), try nameless())
    try badge.write(contentsOf: content)
    try badge.seek(toOffset: 0)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["lp", "-d", printer, "-t", name]
    // What it says goes into a file, which it cannot fill as it could a pipe.
    (process.standardInput, process.standardOutput, process.standardError) = (badge, answer, answer)
    let isInTime = try await end(of: process)
    if isInTime, process.terminationStatus == 0 { return }
    try answer.seek(toOffset: 0)
    let bytes = try answer.read(upToCount: 1_000) ?? Data()
    let said = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    throw isInTime ? Failure.refused(said.isEmpty ? "lp" : said) : Failure.tooSlow(said)
  }

  /// A file for its owner alone, without a name.
  private static func nameless() throws -> FileHandle {
    var path = Array(FileManager.default.temporaryDirectory.appending(path: "lanyard-XXXXXX").path.utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw FileFault(FileManager.default.temporaryDirectory.path, errno) }
    unlink(path)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Runs a process to its end; false where it is killed as that did not come in time.
  private static func end(of process: Process) async throws -> Bool {
    let ends = AsyncStream<Void>.makeStream()
    process.terminationHandler = { _ in ends.continuation.finish() }
    try process.run()
    let isInTime = await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        for await _ in ends.stream {}
        return !Task.isCancelled
      }
      group.addTask {
        await Task.pause(.seconds(patience))
        return false
      }
      defer { group.cancelAll() }
      return await group.next() ?? false
    }
    guard !isInTime else { return true }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return false
  }
}
