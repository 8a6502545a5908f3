import GRPCCore
import LanyardMessages
import LanyardTexts

/// An error that no call is meant to end with. It keeps what kind it was and nothing that it said, which may be somebody's
/// name or a code.
struct UnexpectedError: CallFaultConvertible, Hashable, CustomStringConvertible {
  /// The type, and of an enumeration the case.
  let description: String

  init(_ error: any Error) {
    let (type, mirror) = (String(reflecting: type(of: error)), Mirror(reflecting: error))
    switch (mirror.displayStyle, mirror.children.first) {
    case (.enum, let values?): description = "\(type).\(values.label ?? "")"
    // Without values it says the same whatever it is about.
    case (.enum, nil): description = "\(type): \(error)"
    default: description = type
    }
  }

  var callFault: CallFault { CallFault(reason: .unexpected, sentence: Sentence(.errorUnexpected)) }
}
