import Foundation
import LanyardSQLite
import LanyardStore

/// What a data folder knows of its store outside of the store's own file, so that a loss is noticed: the server writes
/// it down at most once a second.
struct StoreNote: Codable {
  let store: String
  let sequence: Int64
  /// When it was so, by the machine's clock.
  let noted: Date
  /// Whether a server had the store open then.
  let isOpen: Bool

  private enum CodingKeys: String, CodingKey {
    case store, sequence, noted
    case isOpen = "open"
  }

  init(_ standing: StoreStanding, isOpen: Bool) {
    store = standing.store
    sequence = standing.sequence
    noted = Date()
    self.isOpen = isOpen
  }

  /// Writes it into the folder, whole or not at all.
  func write(to folder: DataFolder) throws {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = .sortedKeys
    try DataFolder.write(String(decoding: try encoder.encode(self), as: UTF8.self) + "\n", to: folder.storeNote)
  }

  /// The note of a folder; nil where no server has run on it.
  ///
  /// - Throws: `StoreLoss.noteUnreadable`.
  static func read(from folder: DataFolder) throws -> StoreNote? {
    guard FileManager.default.fileExists(atPath: folder.storeNote) else { return nil }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    do {
      return try decoder.decode(StoreNote.self, from: Data(contentsOf: URL(fileURLWithPath: folder.storeNote)))
    } catch {
      throw StoreLoss.noteUnreadable(error.localizedDescription)
    }
  }
}

/// How the store of a data folder falls short of what was there.
enum StoreLoss: Error {
  case noteUnreadable(String)
  case gone(StoreNote)
  case empty(StoreNote)
  case noStore(StoreNote)
  case another(StoreNote)
  case behind(StoreNote, at: Int64)

  /// Compares the files of a folder with its note, and changes nothing.
  ///
  /// - Throws: The loss; `StoreError` where the store cannot be read.
  static func check(_ folder: DataFolder) throws {
    guard let note = try StoreNote.read(from: folder) else { return }
    guard let attributes = try attributes(of: folder.database) else { throw StoreLoss.gone(note) }
    guard attributes[.size] as? Int != 0 else { throw StoreLoss.empty(note) }
    guard let standing = try SQLiteStore.standing(ofFileAt: folder.database) else { throw StoreLoss.noStore(note) }
    guard standing.store == note.store else { throw StoreLoss.another(note) }
    guard standing.sequence >= note.sequence else { throw StoreLoss.behind(note, at: standing.sequence) }
  }

  /// Whether a server ended without closing the store, as after a power cut, and the store's log is not there, which
  /// holds what was recorded last. Another program that had the store open meanwhile may have taken it in.
  static func logIsMissing(in folder: DataFolder) -> Bool {
    guard case .success(let note?) = Result(catching: { try StoreNote.read(from: folder) }) else { return false }
    let files = FileManager.default
    return note.isOpen && files.fileExists(atPath: folder.database) && !files.fileExists(atPath: folder.databaseLog)
  }

  /// The attributes of a file; nil where there is none.
  private static func attributes(of path: String) throws -> [FileAttributeKey: Any]? {
    do {
      return try FileManager.default.attributesOfItem(atPath: path)
    } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
      return nil
    }
  }

  /// What is wrong with the store of a folder.
  func difference(in folder: DataFolder) -> String {
    let database = folder.database
    func before(_ note: StoreNote) -> String { "change \(note.sequence) on \(note.noted.formatted(.iso8601))" }
    return switch self {
    case .noteUnreadable(let cause):
      "\(folder.storeNote) cannot be read, so it is not known whether something of the store was lost: \(cause)"
    case .gone(let note): "\(database) is gone; it was at \(before(note))"
    case .empty(let note): "\(database) is empty; it was at \(before(note))"
    case .noStore(let note): "\(database) holds no store of Lanyard's; it was at \(before(note))"
    case .another(let note): "\(database) is another store than the one that was here, which was at \(before(note))"
    case .behind(let note, let sequence):
      "\(database) is at change \(sequence), and was at \(before(note)): \(note.sequence - sequence) changes are missing "
        + "(each scan is one). It is an older copy, or its log \(folder.databaseLog) was lost"
    }
  }

  /// Whether a server can go on with what is there.
  var canBeAccepted: Bool {
    if case .noStore = self { false } else { true }
  }

  /// What is wrong, and how to go on.
  func failure(in folder: DataFolder) -> CommandFailure {
    let first = canBeAccepted ? "" : "move that file away and "
    return .unreachable(
      """
      lanyard: \(difference(in: folder)).
      Put the right files back, the database and its -wal together; or, to go on with what is there and without what is \
      missing, \(first)start once with `lanyard serve --accept-loss`.
      """
    )
  }
}
