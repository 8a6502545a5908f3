/// Writes ZIP archives for tests, as the format's list of files says.
struct ZIPWriter {
  /// A file as it lies in an archive.
  struct File {
    let stored: [UInt8]
    let isCompressed: Bool
    let size: Int
    let sum: UInt32

    /// As it is.
    init(_ content: [UInt8]) {
      (stored, isCompressed, size, sum) = (content, false, content.count, ZIPWriter.sum(content))
    }

    private init(compressed: [UInt8], size: Int) {
      (stored, isCompressed, self.size, sum) = (compressed, true, size, 0)
    }

    /// A text and then a character many times, compressed to little; its checksum is wrong.
    ///
    /// - Parameter size: What the list says of its size; nil tells the truth.
    static func repeated(_ character: Character, count: Int, before text: String, size: Int? = nil) -> File {
      var bits = BitWriter()
      // The last block, with the codes that the format fixes.
      bits.add(1, 1)
      bits.add(1, 2)
      for byte in Array(text.utf8) + [character.asciiValue ?? 0] { bits.addCode(0x30 + Int(byte), 8) }
      // 258 bytes of what stands one byte before.
      for _ in 0..<count / 258 {
        bits.addCode(0b1100_0101, 8)
        bits.addCode(0, 5)
      }
      bits.addCode(0, 7)
      return File(compressed: bits.bytes, size: size ?? text.utf8.count + 1 + count / 258 * 258)
    }
  }

  private struct BitWriter {
    var bytes: [UInt8] = []
    private var used = 8

    /// A number, its lowest bit first.
    mutating func add(_ value: Int, _ count: Int) {
      for bit in 0..<count {
        if used == 8 {
          bytes.append(0)
          used = 0
        }
        bytes[bytes.count - 1] |= UInt8(value >> bit & 1) << UInt8(used)
        used += 1
      }
    }

    /// A code, its highest bit first.
    mutating func addCode(_ code: Int, _ count: Int) {
      for bit in (0..<count).reversed() { add(code >> bit & 1, 1) }
    }
  }

  private var content: [UInt8] = []
  private var list: [UInt8] = []
  private var count = 0

  static func with(_ name: String, _ text: String) -> [UInt8] {
    var zip = ZIPWriter()
    zip.add(name, text)
    return zip.bytes()
  }

  mutating func add(_ name: String, _ text: String) { add(name, File(Array(text.utf8))) }

  mutating func add(_ name: String, _ file: File) {
    let offset = content.count
    let common =
      Self.number(20, 2) + Self.number(0, 2) + Self.number(file.isCompressed ? 8 : 0, 2) + Self.number(0, 4)
      + Self.number(Int(file.sum), 4) + Self.number(file.stored.count, 4) + Self.number(file.size, 4)
      + Self.number(name.utf8.count, 2) + Self.number(0, 2)
    content += Self.number(0x0403_4B50, 4) + common + Array(name.utf8) + file.stored
    list += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + common + Self.number(0, 10) + Self.number(offset, 4)
    list += Array(name.utf8)
    count += 1
  }

  func bytes() -> [UInt8] {
    content + list + Self.number(0x0605_4B50, 4) + Self.number(0, 4) + Self.number(count, 2) + Self.number(count, 2)
      + Self.number(list.count, 4) + Self.number(content.count, 4) + Self.number(0, 2)
  }

  /// Little-endian.
  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> ($0 * 8)) : 0 }
  }

  /// CRC-32 (ISO 3309).
  static func sum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }
}
