import ArgumentParser
import LanyardDomain
import LanyardMessages

/// At commands, values of the contract are named by the words that programme files have for them.
extension WireValue where Self: ExpressibleByArgument {
  init?(argument: String) { self.init(word: argument) }

  static var allValueStrings: [String] { words }
  var defaultValueDescription: String { word }
}

extension Attention: ExpressibleByArgument {}
extension Checkpoint.Directions: ExpressibleByArgument {}
extension Checkpoint.Reentry: ExpressibleByArgument {}
extension DeviceProfile: ExpressibleByArgument {}
extension Direction: ExpressibleByArgument {}
extension Participation: ExpressibleByArgument {}
extension RegistrationState: ExpressibleByArgument {}

/// An answer to an option that is left out where nothing is said.
enum YesOrNo: String, ExpressibleByArgument, CaseIterable {
  case yes, no
}
