import Foundation
import LanyardDomain

/// Reads files of a ZIP archive, part by part, by its list of them (PKWARE's APPNOTE 6.3.3), without what goes beyond 4 GiB.
struct ZipArchive {
  /// The most bytes of the list of files, and the most files.
  private static let listLimit = 4 << 20
  private static let entryLimit = 4096
  private static let partBytes = 65_536
  /// The end of an archive, and the longest comment after it.
  private static let endBytes = 22
  private static let commentLimit = 65_535

  /// Where a file lies.
  private struct Entry {
    let isCompressed: Bool
    let size: UInt32
    /// How large it says that it is when it is taken apart.
    let content: UInt32
    let sum: UInt32
    let offset: UInt32
  }

  private let handle: FileHandle
  private var entries: [String: Entry] = [:]

  /// - Parameter handle: Of a file that can be read from any place.
  /// - Throws: `InvalidInput` where it is no archive that this reads; what reading throws.
  init(_ handle: FileHandle) throws {
    self.handle = handle
    let length = try handle.seekToEnd()
    let tail = try bytes(from: length - min(length, UInt64(Self.endBytes + Self.commentLimit)), length)
    let starts = stride(from: tail.count - Self.endBytes, through: 0, by: -1)
    guard let end = starts.first(where: { tail[$0...].starts(with: [0x50, 0x4B, 5, 6]) }) else { throw Self.broken() }
    let (count, size, start) = (tail.half(end + 10), tail.word(end + 12), tail.word(end + 16))
    guard count <= Self.entryLimit, size <= Self.listLimit, UInt64(start) + UInt64(size) <= length else {
      throw Self.broken()
    }
    let list = try bytes(from: UInt64(start), UInt64(start) + UInt64(size))
    var place = 0
    for _ in 0..<count {
      guard place + 46 <= list.count, list.word(place) == 0x0201_4B50 else { throw Self.broken() }
      let (flags, method) = (list.half(place + 8), list.half(place + 10))
      let (nameLength, rest) = (list.half(place + 28), list.half(place + 30) + list.half(place + 32))
      guard place + 46 + nameLength + rest <= list.count else { throw Self.broken() }
      let name = String(decoding: list[place + 46..<place + 46 + nameLength], as: UTF8.self)
      // Encrypted, or compressed in a way that no office program uses.
      if flags & 1 == 0, method == 0 || method == 8 {
        entries[name] = Entry(
          isCompressed: method == 8,
          size: list.word(place + 20),
          content: list.word(place + 24),
          sum: list.word(place + 16),
          offset: list.word(place + 42)
        )
      }
      place += 46 + nameLength + rest
    }
  }

  func has(_ name: String) -> Bool { entries[name] != nil }

  /// Hands a file to the body, part by part.
  ///
  /// - Parameter limit: The most bytes that it may have, however few they are compressed to, and whatever the list says of that.
  /// - Throws: `InvalidInput` with the file's name as its field where there is none, it is damaged or larger; what the body
  ///   throws.
  func read(_ name: String, limit: Int, _ body: ([UInt8]) throws -> Void) throws {
    guard let entry = entries[name] else { throw Self.broken(name) }
    guard entry.content <= limit else { throw Self.tooLarge(name, limit) }
    let header = try bytes(from: UInt64(entry.offset), UInt64(entry.offset) + 30)
    guard header.count == 30, header.word(0) == 0x0403_4B50 else { throw Self.broken(name) }
    var place = UInt64(entry.offset) + 30 + UInt64(header.half(26) + header.half(28))
    let end = place + UInt64(entry.size)
    var inflater = try Inflater(isCompressed: entry.isCompressed)
    var left = limit
    while place < end {
      let part = try bytes(from: place, min(end, place + UInt64(Self.partBytes)))
      guard !part.isEmpty else { throw Self.broken(name) }
      place += UInt64(part.count)
      guard
        try inflater.take(
          part,
          {
            left -= $0.count
            guard left >= 0 else { throw Self.tooLarge(name, limit) }
            try body($0)
          }
        )
      else { throw Self.broken(name) }
    }
    guard inflater.hasEnded, inflater.sum == entry.sum else { throw Self.broken(name) }
  }

  static func broken(_ name: String = "file") -> InvalidInput { InvalidInput(field: name, .table(.brokenWorkbook)) }

  static func tooLarge(_ name: String, _ limit: Int) -> InvalidInput {
    InvalidInput(field: name, .table(.workbookTooLarge(mebibytes: limit >> 20)))
  }

  private func bytes(from start: UInt64, _ end: UInt64) throws -> [UInt8] {
    guard end > start else { return [] }
    try handle.seek(toOffset: start)
    return [UInt8](try handle.read(upToCount: Int(end - start)) ?? Data())
  }
}

extension [UInt8] {
  /// Two bytes, little-endian.
  fileprivate func half(_ place: Int) -> Int { Int(self[place]) | Int(self[place + 1]) << 8 }
  /// Four bytes, little-endian.
  fileprivate func word(_ place: Int) -> UInt32 { UInt32(half(place)) | UInt32(half(place + 2)) << 16 }
}
