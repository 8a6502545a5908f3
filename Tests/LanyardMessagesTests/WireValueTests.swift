import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf
import Testing

@Suite("Values that have an enum on the wire") struct WireValueTests {
  /// Each value goes out and comes back as itself, each value of the wire but `unspecified` is one of the domain's, and no
  /// other number is any.
  ///
  /// - Returns: Its enum, as the contract calls it.
  private static func check<Value: WireValue>(_: Value.Type) -> String where Value.Wire: CaseIterable {
    for value in Value.allCases {
      #expect(value.wire.value == value)
      guard value.wire.rawValue != 0 else { continue }
      #expect(throws: Never.self) { try #expect(Value(value.wire, field: "f") == value) }
      #expect(value.wire.shortName == value.rawValue)
    }
    let said = Set(Value.allCases.map(\.wire.rawValue)).union([0])
    #expect(Set(Value.Wire.allCases.map(\.rawValue)) == said)
    for number in [-1, 99, 2_147_483_647] + (0...40).filter({ !said.contains($0) }) {
      guard let unknown = Value.Wire(rawValue: number) else { continue }
      #expect(unknown.value == nil)
      #expect(unknown.shortName == "\(number)")
      let fault = #expect(throws: InvalidInput.self) { try Value(unknown, field: "some.field") }
      #expect(fault?.violations.first?.field == "some.field")
      #expect(fault?.violations.first?.reason.contains("is \(number), which this version does not know") == true)
      #expect(throws: InvalidInput.self) { try Value.stated(unknown, field: "some.field") }
    }
    return String(reflecting: Value.Wire.self).replacing("LanyardAPI.Lanyard_V1_", with: "")
  }

  @Test("Go out and come back as themselves, and nothing else is any of them, whatever enum the contract has")
  func inverse() throws {
    let checked = [
      Self.check(Act.Actor.Kind.self),
      Self.check(AnswerKind.self),
      Self.check(Attention.self),
      Self.check(AttendanceGrouping.self),
      Self.check(BadgeDesignName.self),
      Self.check(BadgePictureFormat.self),
      Self.check(BadgeSheet.self),
      Self.check(BadgeState.self),
      Self.check(Checkpoint.Directions.self),
      Self.check(Checkpoint.Kind.self),
      Self.check(Checkpoint.Reentry.self),
      Self.check(ConflictKind.self),
      Self.check(DeviceProfile.self),
      Self.check(DeviceState.self),
      Self.check(Direction.self),
      Self.check(DuplicateSearch.Kind.self),
      Self.check(EventMail.Reach.self),
      Self.check(ExportFormat.self),
      Self.check(HardnessReason.self),
      Self.check(MailFault.Cause.self),
      Self.check(MailKind.self),
      Self.check(MailState.self),
      Self.check(MailWay.self),
      Self.check(RefusalSeverity.self),
      Self.check(Participation.self),
      Self.check(RefusalReason.self),
      Self.check(QuestionKind.self),
      Self.check(RegistrationPhase.self),
      Self.check(RegistrationState.self),
      Self.check(Reporter.Kind.self),
      Self.check(RosterRule.self),
      Self.check(SigningKeyState.self),
      Self.check(TableSeparator.self),
      Self.check(WithheldCode.self),
      Self.check(PrivateHalfState.self),
    ]
    let all = try Self.enums()
    #expect(all.count > 15 && Set(checked).count == checked.count)
    #expect(Set(checked) == all)
  }

  /// The contract's enums, by its descriptor.
  private static func enums() throws -> Set<String> {
    let bytes = try #require(Data(base64Encoded: descriptorSetBase64))
    func nested(_ message: Google_Protobuf_DescriptorProto) -> [String] {
      (message.enumType.map(\.name) + message.nestedType.flatMap(nested)).map { "\(message.name).\($0)" }
    }
    let files = try Google_Protobuf_FileDescriptorSet(serializedBytes: bytes).file.filter { $0.package == "lanyard.v1" }
    return Set(files.flatMap { $0.enumType.map(\.name) + $0.messageType.flatMap(nested) })
  }

  @Test("Are named to a caller as the contract names them") func names() throws {
    let fault = #expect(throws: InvalidInput.self) { try Checkpoint.Directions(.unspecified, field: "f") }
    let known = "DIRECTIONS_IN, DIRECTIONS_OUT, DIRECTIONS_BOTH, DIRECTIONS_BY_TURNS"
    #expect(fault?.violations.first?.reason == "is not stated; it knows \(known)")
    let message = Lanyard_V1_Checkpoint.with { $0.directions = .byTurns }
    #expect(try message.jsonString().contains("DIRECTIONS_BY_TURNS"))
  }

  @Test("Have one word each that people write, which is read however it is written") func words() {
    func check<Value: Spelled & Equatable>(_: Value.Type, _ words: [String]) {
      #expect(Value.spellings == words)
      #expect(Set(Value.spellings).count == words.count)
      for value in Value.allCases {
        for form in [value.spelling, value.rawValue, value.spelling.uppercased(), value.rawValue.lowercased()] {
          #expect(Value(spelling: form) == value)
        }
      }
      for other in ["", " ", "x", "-"] { #expect(Value(spelling: other) == nil) }
    }
    check(AttendanceGrouping.self, ["country", "group", "participation", "hour", "session"])
    check(Attention.self, ["none", "special-needs", "escort"])
    check(Checkpoint.Directions.self, ["in", "out", "both", "by-turns"])
    check(Checkpoint.Reentry.self, ["never", "after-leaving", "unscanned"])
    check(DeviceProfile.self, ["lane", "door", "desk", "kiosk"])
    check(Direction.self, ["in", "out"])
    check(EventMail.Reach.self, ["nobody", "asked", "everyone"])
    check(MailState.self, ["waiting", "sent", "bounced", "given-up", "dropped"])
    check(Participation.self, ["onsite", "remote"])
    check(RegistrationState.self, ["email-pending", "submitted", "confirmed", "waitlisted", "rejected", "cancelled"])
    #expect(Checkpoint.Reentry(spelling: "yes") == .afterLeaving && Checkpoint.Reentry(spelling: "No") == .never)
  }
}
