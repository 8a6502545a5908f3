import GRPCCore

/// Walks the fields of a message in protobuf's wire form, to take out the few that are wanted: many watchers in one process
/// would else take time from the server which the screens and devices of an event do not take.
struct WireFields {
  typealias Bytes = Slice<UnsafeRawBufferPointer>

  /// Calls the body with the number of each field and what it holds; of groups, which nobody sends any more, nothing is taken.
  ///
  /// - Throws: `RPCError` INTERNAL where the bytes are no message.
  static func each(of bytes: Bytes, _ body: (UInt64, Value) throws -> Void) throws {
    var rest = bytes
    while !rest.isEmpty {
      let tag = try varint(&rest)
      switch tag & 7 {
      case 0: try body(tag >> 3, .number(try varint(&rest)))
      case 1: _ = try take(8, &rest)
      case 2: try body(tag >> 3, .bytes(try take(varint(&rest), &rest)))
      case 5: _ = try take(4, &rest)
      default: throw malformed
      }
    }
  }

  /// What a field holds.
  enum Value {
    case number(UInt64)
    /// A text, bytes or another message.
    case bytes(Bytes)
  }

  private static var malformed: RPCError {
    RPCError(code: .internalError, message: "A message of the server is malformed.")
  }

  private static func varint(_ rest: inout Bytes) throws -> UInt64 {
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while shift < 64, let byte = rest.popFirst() {
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw malformed
  }

  private static func take(_ count: UInt64, _ rest: inout Bytes) throws -> Bytes {
    guard count <= UInt64(rest.count) else { throw malformed }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }
}
