import GRPCCore

/// One message of headcounts that are watched.
struct HeadcountMessage: Sendable {
  /// Whether it is all that there is.
  var isSnapshot = false
  var peopleInside = 0
  /// By resource name of the checkpoint.
  var counts: [(checkpoint: String, count: Record.Count)] = []
}

/// Takes from a message of headcounts the counts where they are wanted, and passes over the rest.
struct HeadcountDeserializer: MessageDeserializer {
  /// Numbers of the fields of `WatchAttendanceResponse`, `Attendance` and its checkpoints; `HeadcountTests` holds them to the
  /// contract.
  private static let (attendanceField, snapshotField): (UInt64, UInt64) = (1, 2)
  private static let (checkpointsField, peopleField): (UInt64, UInt64) = (3, 4)
  private static let (nameField, insideField, admittedField): (UInt64, UInt64, UInt64) = (1, 3, 4)

  /// Whether counts are wanted; they cost the driver more than all the rest.
  let keepsCounts: Bool

  /// - Throws: `RPCError` INTERNAL where the bytes are no message.
  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> HeadcountMessage {
    try bytes.withUnsafeBytes { bytes in
      var message = HeadcountMessage()
      try WireFields.each(of: bytes[...]) { number, value in
        switch (number, value) {
        case (Self.attendanceField, .bytes(let attendance)): try read(attendance, into: &message)
        case (Self.snapshotField, .number(let flag)): message.isSnapshot = flag != 0
        default: break
        }
      }
      return message
    }
  }

  private func read(_ attendance: WireFields.Bytes, into message: inout HeadcountMessage) throws {
    try WireFields.each(of: attendance) { number, value in
      switch (number, value) {
      case (Self.peopleField, .number(let count)): message.peopleInside = Int(truncatingIfNeeded: count)
      case (Self.checkpointsField, .bytes(let checkpoint)) where keepsCounts:
        message.counts.append(try Self.count(checkpoint))
      default: break
      }
    }
  }

  private static func count(_ checkpoint: WireFields.Bytes) throws -> (checkpoint: String, count: Record.Count) {
    var (name, count) = ("", Record.Count(inside: 0, admitted: 0))
    try WireFields.each(of: checkpoint) { number, value in
      switch (number, value) {
      case (nameField, .bytes(let text)): name = String(decoding: text, as: UTF8.self)
      case (insideField, .number(let people)): count.inside = Int(truncatingIfNeeded: people)
      case (admittedField, .number(let people)): count.admitted = Int(truncatingIfNeeded: people)
      default: break
      }
    }
    return (name, count)
  }
}
