import GRPCCore

/// Takes from a message of a roster the cursor alone, and passes over the people in it: many watchers in one process would
/// else take time from the server which the devices of an event do not take.
struct RosterCursorDeserializer: MessageDeserializer {
  /// Number of `WatchRosterResponse.cursor`.
  private static let cursorField = 5

  /// - Returns: The cursor; empty where the message has none.
  /// - Throws: `RPCError` INTERNAL where the bytes are no message.
  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> String {
    try bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      var cursor = ""
      while !rest.isEmpty {
        let tag = try Self.varint(&rest)
        switch tag & 7 {
        case 0: _ = try Self.varint(&rest)
        case 1: _ = try Self.take(8, &rest)
        case 2:
          let value = try Self.take(Self.varint(&rest), &rest)
          if tag >> 3 == Self.cursorField { cursor = String(decoding: value, as: UTF8.self) }
        case 5: _ = try Self.take(4, &rest)
        default: throw Self.malformed
        }
      }
      return cursor
    }
  }

  private static var malformed: RPCError {
    RPCError(code: .internalError, message: "A message of a roster is malformed.")
  }

  private static func varint(_ rest: inout Slice<UnsafeRawBufferPointer>) throws -> UInt64 {
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while shift < 64, let byte = rest.popFirst() {
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw malformed
  }

  private static func take(
    _ count: UInt64,
    _ rest: inout Slice<UnsafeRawBufferPointer>
  ) throws -> Slice<UnsafeRawBufferPointer> {
    guard count <= UInt64(rest.count) else { throw malformed }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }
}
