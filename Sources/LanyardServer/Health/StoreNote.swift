package import Foundation
package import LanyardStore

/// What is known of a store outside of its own files, so that a loss is noticed: the server writes it down at most once a
/// second.
package struct StoreNote: Codable, Hashable, Sendable {
  package let store: String
  package let sequence: Int64
  /// When it was so, by the machine's clock.
  package let noted: Date
  /// Whether a server had the store open then.
  package let isOpen: Bool

  private enum CodingKeys: String, CodingKey {
    case store, sequence, noted
    case isOpen = "open"
  }

  package init(_ standing: StoreStanding, isOpen: Bool, noted: Date = Date()) {
    store = standing.store
    sequence = standing.sequence
    self.noted = noted
    self.isOpen = isOpen
  }

  /// As it is written into a file: a line of JSON.
  package func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  /// The note of a file; nil where there is none, as no server has run on it.
  ///
  /// - Throws: `StoreLoss.noteUnreadable`.
  package static func read(at path: String) throws(StoreLoss) -> StoreNote? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    do {
      return try decoder.decode(StoreNote.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .noteUnreadable(error.localizedDescription)
    }
  }
}

/// How a store falls short of what was there.
package enum StoreLoss: Error, Hashable {
  case noteUnreadable(String)
  case gone(StoreNote)
  case empty(StoreNote)
  case noStore(StoreNote)
  case another(StoreNote)
  case behind(StoreNote, at: Int64)

  /// Compares a store with what is noted of it, and changes nothing.
  ///
  /// - Parameters:
  ///   - size: Bytes of the store's file; nil where there is none.
  ///   - standing: Reads how far the store in the file is; nil where the file holds none.
  /// - Throws: The loss, or what reading throws.
  package static func check(_ note: StoreNote, size: Int?, _ standing: () throws -> StoreStanding?) throws {
    guard let size else { throw StoreLoss.gone(note) }
    guard size != 0 else { throw StoreLoss.empty(note) }
    guard let standing = try standing() else { throw StoreLoss.noStore(note) }
    guard standing.store == note.store else { throw StoreLoss.another(note) }
    guard standing.sequence >= note.sequence else { throw StoreLoss.behind(note, at: standing.sequence) }
  }

  /// Whether a server can go on with what is there.
  package var canBeAccepted: Bool {
    if case .noStore = self { false } else { true }
  }
}
