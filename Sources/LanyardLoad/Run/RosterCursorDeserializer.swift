import GRPCCore

/// Takes from a message of a roster the cursor alone, and passes over the people in it.
struct RosterCursorDeserializer: MessageDeserializer {
  /// Number of `WatchRosterResponse.cursor`.
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

/// Takes from a message of headcounts when they were read alone, and passes over the counts.
struct ReadTimeDeserializer: MessageDeserializer {
  /// Numbers of `WatchAttendanceResponse.attendance` and `Attendance.read_time`, and of a timestamp's parts.
  private static let (attendanceField, timeField): (UInt64, UInt64) = (1, 2)
  private static let (secondsField, nanosField): (UInt64, UInt64) = (1, 2)

  /// - Returns: Since 1970, by the server's clock.
  /// - Throws: `RPCError` INTERNAL where the bytes are no message.
  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> Duration {
    try bytes.withUnsafeBytes { bytes in
      var time = Duration.zero
      try WireFields.each(of: bytes[...]) { number, value in
        guard number == Self.attendanceField, case .bytes(let attendance) = value else { return }
        try WireFields.each(of: attendance) { number, value in
          guard number == Self.timeField, case .bytes(let moment) = value else { return }
          try WireFields.each(of: moment) { number, value in
            guard case .number(let count) = value else { return }
            switch number {
            case Self.secondsField: time += .seconds(Int64(bitPattern: count))
            case Self.nanosField: time += .nanoseconds(Int64(bitPattern: count))
            default: break
            }
          }
        }
      }
      return time
    }
  }
}
