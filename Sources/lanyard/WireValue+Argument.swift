import ArgumentParser
import LanyardDomain
import LanyardMessages

/// At commands, values of the contract are spelled as in programme files.
extension WireValue where Self: ExpressibleByArgument {
  init?(argument: String) { self.init(spelling: argument) }

  static var allValueStrings: [String] { spellings }
  /// Each says itself what it is.
  static var allValueDescriptions: [String: String] { [:] }
}

extension AnswerKind: ExpressibleByArgument {}
extension AttendanceGrouping: ExpressibleByArgument {}
extension Attention: ExpressibleByArgument {}
extension BadgeDesignName: ExpressibleByArgument {}
extension BadgePictureFormat: ExpressibleByArgument {}
extension BadgeSheet: ExpressibleByArgument {}
extension BadgeState: ExpressibleByArgument {}
extension Checkpoint.Directions: ExpressibleByArgument {}
extension Checkpoint.Reentry: ExpressibleByArgument {}
extension ConflictKind: ExpressibleByArgument {}
extension DeviceProfile: ExpressibleByArgument {}
extension Direction: ExpressibleByArgument {}
extension MailState: ExpressibleByArgument {}
extension Participation: ExpressibleByArgument {}
extension RefusalReason: ExpressibleByArgument {}
extension RegistrationState: ExpressibleByArgument {}
extension TableSeparator: ExpressibleByArgument {}

/// An answer to an option that is left out where nothing is said.
enum YesOrNo: String, ExpressibleByArgument, CaseIterable {
  case yes, no
}
