import Foundation
import LanyardAPI
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("Scans that wait in a journal")
struct JournalLossTests {
  private static let name = "lane.sqlite"

  /// Hands over a journal that is in use, as one is whose lane is killed, with its folder.
  private static func withJournal(_ body: (LaneJournal, URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try body(LaneJournal(path: "\(folder.path)/\(name)"), folder)
    }
  }

  /// Copies what lies in a folder as it is now, or a part of it.
  private static func copy(_ folder: URL, _ copy: String, without left: [String] = []) throws -> URL {
    let files = FileManager.default
    let new = folder.appending(path: copy)
    try files.createDirectory(at: new, withIntermediateDirectories: true)
    for file in try files.contentsOfDirectory(atPath: folder.path)
    where file.hasPrefix(name) && !left.contains(String(file.dropFirst(name.count))) {
      try files.copyItem(at: folder.appending(path: file), to: new.appending(path: file))
    }
    return new
  }

  private static func append(_ count: Int, to journal: LaneJournal) throws {
    for number in 0..<count { try journal.append(.with { $0.undoneScanID = "\(number)" }, at: LaneClock.system.now) }
  }

  private static func lost(in folder: URL) throws -> [Sentence.Key] {
    try JournalFolder.lost(in: folder.path).map(\.sentence.key)
  }

  @Test("Are missed where what SQLite keeps beside it is gone or cut, until that was told", arguments: [true, false])
  func cut(isGone: Bool) throws {
    try Self.withJournal { journal, folder in
      try Self.append(3, to: journal)
      let whole = try Self.copy(folder, "whole")
      #expect(try Self.lost(in: whole).isEmpty)
      let path = "\(whole.path)/\(Self.name)"
      // As much as a killed lane leaves behind, before anybody opens it.
      let damaged = try Self.copy(folder, "damaged", without: isGone ? ["-wal", "-shm"] : ["-shm"])
      let damagedPath = "\(damaged.path)/\(Self.name)"
      if !isGone {
        let log = try Data(contentsOf: URL(filePath: damagedPath + "-wal"))
        try log.dropLast(100).write(to: URL(filePath: damagedPath + "-wal"))
      }
      #expect(try LaneJournal.holding(at: path).waiting == 3)
      #expect(try LaneJournal.holding(at: damagedPath).waiting == (isGone ? 0 : 2))
      #expect(try Self.lost(in: damaged) == [.laneJournalCut])
      JournalFolder.toldLost(of: damagedPath)
      #expect(try Self.lost(in: damaged).isEmpty)
    }
  }

  @Test("Are all in the one file once it was closed")
  func closed() throws {
    try Self.withJournal { journal, folder in
      try Self.append(2, to: journal)
      try journal.close()
      let copy = try Self.copy(folder, "copy", without: ["-wal", "-shm"])
      #expect(try LaneJournal.holding(at: "\(copy.path)/\(Self.name)").waiting == 2)
      #expect(try Self.lost(in: copy).isEmpty)
    }
  }

  @Test("Are never missed where a lane was killed between the file and what is said beside it")
  func killed() throws {
    try Self.withJournal { journal, folder in
      let lock = folder.appending(path: "\(Self.name).lock")
      try Self.append(1, to: journal)
      let one = try Data(contentsOf: lock)
      try Self.append(1, to: journal)
      let two = try Data(contentsOf: lock)
      #expect(one != two)
      // Killed after the second scan was written down, and before that was said.
      try one.write(to: lock)
      #expect(try Self.lost(in: folder).isEmpty)
      // Killed after the server took both.
      try journal.settle([1, 2], refused: [:])
      #expect(try Data(contentsOf: lock).isEmpty)
      try two.write(to: lock)
      #expect(try Self.lost(in: folder).isEmpty)
      // And after the next.
      try Self.append(1, to: journal)
      #expect(try Self.lost(in: folder).isEmpty)
    }
  }

  @Test("Are missed where an earlier version said that some wait, and the file never had any")
  func earlier() throws {
    try Self.withJournal { journal, folder in
      try Data("WAITING\n".utf8).write(to: folder.appending(path: "\(Self.name).lock"))
      #expect(try Self.lost(in: folder) == [.laneJournalCut])
      try Self.append(1, to: journal)
      #expect(try Self.lost(in: folder).isEmpty)
    }
  }
}
