import ArgumentParser
import Foundation
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardSQLite
import LanyardServer
import LanyardStore
import LanyardTexts

/// `lanyard admin backup`.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the store of a data folder into a new file, while the server runs or not, and check the copy.",
    discussion: """
      The copy is one consistent state, made by SQLite's online backup; nobody waits for it. It is read whole: that the \
      file is sound, and that the record holds as for `lanyard audit verify`; with 1 it ends where the record does not, \
      and the copy is kept. A file that is there is never written over, and one that another backup makes at the moment is refused, \
      with 3.

      It holds everything that the server recorded: people, scans, the keys that sign badges, hashes of tokens. So it is \
      for its owner alone, and is to be kept as the data folder is. It does not hold the certificates, their keys and the \
      authority (certs), the settings (lanyard.json), organiser.token, and what lanes have not uploaded (lanes): keep \
      those beside it.
      """
  )

  @OptionGroup var dataOptions: DataOptions
  @Argument(help: "Name of the new file.", completion: .file())
  var file: String
  @Flag(name: .long, help: "Print the result as JSON.")
  var json = false

  func run() async throws {
    let folder = dataOptions.folder
    guard FileManager.default.fileExists(atPath: folder.database) else {
      throw CommandFailure.usage(Sentence(.storeNone, ["folder": .text(folder.path)]))
    }
    guard !FileManager.default.fileExists(atPath: file) else {
      throw CommandFailure.usage(Sentence(.storeFileThere, ["file": .text(file)]))
    }
    let backup = try BackupFile.writing(file) { () throws(StoreError) in
      try SQLiteStore.backUp(folder.database, to: file)
    }
    try BackupFile.show(backup, .doneBackedUp, ["file": file], json: json)
    if let broken = backup.verdict?.broken {
      Console.error(broken.sentence, .ofSystem)
      throw ExitStatus.negative
    }
  }
}

/// `lanyard admin restore`.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put a backup into a data folder that has no store, and say what devices must do afterwards.",
    discussion: """
      The backup is checked first, as `lanyard admin backup` checks it, and brought up to this version. A folder on which a \
      server runs, or that holds anything but certs, lanyard.json and organiser.token, is refused: nothing is ever \
      written over. The store gets a new name, so that no lane takes what it heard before for what the backup says: each \
      fetches its roster anew.
      """
  )

  @OptionGroup var dataOptions: DataOptions
  @Argument(help: "The backup.", completion: .file())
  var file: String
  @Flag(name: .long, help: "Take it although its record does not hold.")
  var insist = false
  @Flag(name: .long, help: "Print the result as JSON.")
  var json = false

  func run() async throws {
    let folder = dataOptions.folder
    let isUsed = try FileManager.default.fileExists(atPath: folder.lock) && folder.lockForServer() == nil
    guard !isUsed else { throw CommandFailure.taken(Sentence(.storeFolderUsed, ["folder": .text(folder.path)])) }
    let others = try folder.others()
    guard others.isEmpty else {
      let facts: [String: Sentence.Fact] = ["folder": .text(folder.path), "files": .list(others)]
      throw CommandFailure.usage(Sentence(.storeFolderNotEmpty, facts))
    }
    guard access(file, R_OK) == 0 else {
      throw CommandFailure.usage(BackupFile.unusable(file, .told(String(cString: strerror(errno)))))
    }
    let backup = try BackupFile.reading(file) { () throws(StoreError) in try SQLiteStore.checkBackup(at: file) }
    if let broken = backup.verdict?.broken, !insist {
      throw CommandFailure(
        status: .negative,
        Sentence(.storeBackupBroken, ["file": .text(file), "fault": .sentence(broken.sentence)])
      )
    }
    try folder.create()
    guard let lock = try folder.lockForServer() else {
      throw CommandFailure.taken(Sentence(.storeFolderUsed, ["folder": .text(folder.path)]))
    }
    defer { withExtendedLifetime(lock) {} }
    try BackupFile.writing(folder.database) { () throws(StoreError) in
      try SQLiteStore.restore(.console(at: Instant(Date())), file, to: folder.database)
    }
    try BackupFile.show(backup, .doneRestored, ["file": file, "folder": folder.path], json: json)
    if !json { Console.say(.doneAfterRestore, ["folder": .text(folder.path)]) }
  }
}

/// What both commands say of a backup.
private enum BackupFile {
  struct Line: Encodable {
    let file: String
    /// Left out where nothing was restored.
    let folder: String?
    let bytes: Int
    let sequence: Int64
    let verified: Int64
    let scans: Int64
    /// Whether the record holds.
    let holds: Bool
  }

  /// Says what keeps a file from being taken for a backup.
  static func reading<Value>(_ file: String, _ body: () throws(StoreError) -> Value) throws -> Value {
    do throws(StoreError) {
      return try body()
    } catch {
      throw CommandFailure.content(unusable(file, error.sentence))
    }
  }

  /// Says what keeps a store from being written into a new file.
  static func writing<Value>(_ file: String, _ body: () throws(StoreError) -> Value) throws -> Value {
    let folder = URL(filePath: file).deletingLastPathComponent().path
    guard access(folder, W_OK) == 0 else { throw CommandFailure.usage(FileFault(file, errno).sentence) }
    do throws(StoreError) {
      return try body()
    } catch .busy {
      throw CommandFailure.taken(Sentence(.storeBackupTaken, ["file": .text(file)]))
    } catch {
      throw CommandFailure.unreachable(unusable(file, error.sentence))
    }
  }

  static func unusable(_ file: String, _ cause: Sentence) -> Sentence {
    Sentence(.storeBackupUnusable, ["file": .text(file), "cause": .sentence(cause)])
  }

  static func show(
    _ backup: SQLiteStore.Backup,
    _ key: Sentence.Key,
    _ names: [String: String],
    json: Bool
  ) throws {
    let (entries, scans) = (backup.verdict?.entries ?? 0, backup.verdict?.scans ?? 0)
    if json {
      try Console.json(
        Line(
          file: names["file"] ?? "",
          folder: names["folder"],
          bytes: backup.bytes,
          sequence: backup.standing.sequence,
          verified: entries,
          scans: scans,
          holds: backup.verdict?.broken == nil
        )
      )
    } else {
      let counts: [String: Sentence.Fact] = ["entries": .count(Int(entries)), "scans": .count(Int(scans))]
      Console.say(key, names.mapValues { .text($0) }.merging(counts) { $1 })
    }
  }
}
