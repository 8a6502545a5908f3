import Foundation
import LanyardStore
import LanyardTesting
import Testing

@testable import LanyardServer

@Suite("What is noted of a store outside of it")
struct StoreNoteTests {
  private static let standing = StoreStanding(store: "one", sequence: 10)
  private static let note = StoreNote(standing, isOpen: true, noted: Date(timeIntervalSince1970: 1_800_000_000))

  /// What a check finds.
  private static func loss(_ size: Int?, _ standing: StoreStanding?) -> StoreLoss? {
    do {
      try StoreLoss.check(note, size: size) { standing }
      return nil
    } catch {
      return error as? StoreLoss
    }
  }

  @Test("Finds each way in which a store falls short of it")
  func losses() {
    let note = Self.note
    #expect(Self.loss(nil, Self.standing) == .gone(note))
    #expect(Self.loss(0, Self.standing) == .empty(note))
    #expect(Self.loss(4096, nil) == .noStore(note))
    #expect(Self.loss(4096, StoreStanding(store: "two", sequence: 99)) == .another(note))
    #expect(Self.loss(4096, StoreStanding(store: "one", sequence: 9)) == .behind(note, at: 9))
    for sequence: Int64 in [10, 11] {
      #expect(Self.loss(4096, StoreStanding(store: "one", sequence: sequence)) == nil)
    }
    #expect(!StoreLoss.noStore(note).canBeAccepted && StoreLoss.gone(note).canBeAccepted)
  }

  @Test("Is read as it was written, is none where there is no file, and is a loss where it cannot be read")
  func file() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "store.json").path
      #expect(try StoreNote.read(at: path) == nil)
      try Self.note.text().write(toFile: path, atomically: true, encoding: .utf8)
      #expect(try StoreNote.read(at: path) == Self.note)
      try "{".write(toFile: path, atomically: true, encoding: .utf8)
      #expect(throws: StoreLoss.self) { try StoreNote.read(at: path) }
    }
  }
}
