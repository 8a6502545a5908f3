import GRPCCore

/// Takes from a message of a roster the cursor alone, and passes over the people in it.
struct RosterCursorDeserializer: MessageDeserializer {
  /// Number of `WatchRosterResponse.cursor`; `RosterCursorTests` holds it to the contract.
  private static let cursorField: UInt64 = 5

  /// - Returns: The cursor; empty where the message has none.
  /// - Throws: `RPCError` INTERNAL where the bytes are no message.
  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> String {
    try bytes.withUnsafeBytes { bytes in
      var cursor = ""
      try WireFields.each(of: bytes[...]) { number, value in
        if number == Self.cursorField, case .bytes(let text) = value { cursor = String(decoding: text, as: UTF8.self) }
      }
      return cursor
    }
  }
}
