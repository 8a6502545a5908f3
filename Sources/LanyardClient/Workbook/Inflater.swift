import CZlib

/// Takes compressed data apart, part by part.
struct Inflater: ~Copyable {
  private static let partBytes = 65_536

  /// Nil where the data is not compressed.
  private let stream: UnsafeMutablePointer<z_stream>?
  /// Whether all has come.
  private(set) var hasEnded: Bool
  /// The checksum of what has come.
  private(set) var sum: UInt32 = 0

  /// - Throws: `CancellationError` where there is no memory for it.
  init(isCompressed: Bool) throws {
    hasEnded = !isCompressed
    guard isCompressed else {
      stream = nil
      return
    }
    guard let made = lanyard_inflateBegin() else { throw CancellationError() }
    stream = made
  }

  deinit {
    if let stream { lanyard_inflateEnd(stream) }
  }

  /// Hands what a part of the data holds to the body, part by part.
  ///
  /// - Returns: False where it is damaged.
  /// - Throws: What the body throws.
  mutating func take(_ part: [UInt8], _ body: ([UInt8]) throws -> Void) throws -> Bool {
    guard let stream else {
      add(part)
      try body(part)
      return true
    }
    var input = part
    var output = [UInt8](repeating: 0, count: Self.partBytes)
    var place = 0
    while place < input.count, !hasEnded {
      var (left, room) = (UInt32(input.count - place), UInt32(output.count))
      let code = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
          lanyard_inflate(stream, source.baseAddress.map { $0 + place }, &left, target.baseAddress, &room)
        }
      }
      let (used, made) = (input.count - place - Int(left), output.count - Int(room))
      guard code == Z_OK || code == Z_STREAM_END, used > 0 || made > 0 else { return false }
      place += used
      hasEnded = code == Z_STREAM_END
      guard made > 0 else { continue }
      let piece = Array(output[..<made])
      add(piece)
      try body(piece)
    }
    return try hasEnded || drain(body)
  }

  /// Takes what zlib holds back after it has all of a part.
  private mutating func drain(_ body: ([UInt8]) throws -> Void) throws -> Bool {
    guard let stream else { return true }
    var output = [UInt8](repeating: 0, count: Self.partBytes)
    while !hasEnded {
      var (left, room): (UInt32, UInt32) = (0, UInt32(output.count))
      let code = output.withUnsafeMutableBufferPointer {
        lanyard_inflate(stream, nil, &left, $0.baseAddress, &room)
      }
      let made = output.count - Int(room)
      hasEnded = code == Z_STREAM_END
      guard made > 0 else { return code == Z_BUF_ERROR || code == Z_OK || hasEnded }
      let piece = Array(output[..<made])
      add(piece)
      try body(piece)
    }
    return true
  }

  private mutating func add(_ bytes: [UInt8]) {
    sum = bytes.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32(UInt(sum), $0.baseAddress, UInt32($0.count)))
    }
  }
}
