package import LanyardAPI
package import LanyardDomain

extension Reporter.Kind: WireValue {
  package static let wirePrefix = "REPORTER_KIND_"

  package var wire: Lanyard_V1_ReporterKind {
    switch self {
    case .device: .device
    case .token: .token
    case .participant: .participant
    }
  }
}

extension Lanyard_V1_ReporterKind: WireEnum {
  package typealias Value = Reporter.Kind
}
