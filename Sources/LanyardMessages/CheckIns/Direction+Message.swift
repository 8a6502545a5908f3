package import LanyardAPI
package import LanyardDomain

extension Direction: WireValue {
  package static let wirePrefix = "DIRECTION_"

  package var wire: Lanyard_V1_Direction {
    switch self {
    case .into: .in
    case .out: .out
    }
  }
}

extension Lanyard_V1_Direction: WireEnum {
  package typealias Value = Direction
}
