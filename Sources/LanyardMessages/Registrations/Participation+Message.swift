package import LanyardAPI
package import LanyardDomain

extension Participation: WireValue {
  package static let wirePrefix = "PARTICIPATION_"

  package var wire: Lanyard_V1_Participation {
    switch self {
    case .onsite: .onsite
    case .remote: .remote
    }
  }
}

extension Lanyard_V1_Participation: WireEnum {
  package typealias Value = Participation
}
