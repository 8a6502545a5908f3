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
    let made = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    made.initialize(to: z_stream())
    guard lanyard_inflateRaw(made) == Z_OK else {
      made.deallocate()
      throw CancellationError()
    }
    stream = made
  }

  deinit {
    guard let stream else { return }
    inflateEnd(stream)
    stream.deallocate()
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
      let (code, used, made) = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
          stream.pointee.next_in = source.baseAddress.map { $0 + place }
          stream.pointee.avail_in = UInt32(source.count - place)
          stream.pointee.next_out = target.baseAddress
          stream.pointee.avail_out = UInt32(target.count)
          let code = inflate(stream, Z_NO_FLUSH)
          return (
            code, source.count - place - Int(stream.pointee.avail_in), target.count - Int(stream.pointee.avail_out)
          )
        }
      }
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
      let (code, made) = output.withUnsafeMutableBufferPointer { target in
        stream.pointee.next_in = nil
        stream.pointee.avail_in = 0
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(target.count)
        return (inflate(stream, Z_NO_FLUSH), target.count - Int(stream.pointee.avail_out))
      }
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
