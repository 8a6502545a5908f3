package import LanyardAPI
package import LanyardDomain

extension Attention: WireValue {
  package static let wirePrefix = "ATTENTION_"

  /// That there is none is not stated on the wire.
  package var wire: Lanyard_V1_Attention {
    switch self {
    case .none: .unspecified
    case .specialNeeds: .specialNeeds
    case .escort: .escort
    }
  }
}

extension Lanyard_V1_Attention: WireEnum {
  package typealias Value = Attention
}
