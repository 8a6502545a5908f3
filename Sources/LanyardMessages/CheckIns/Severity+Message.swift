package import LanyardAPI
package import LanyardDomain

extension RefusalSeverity: WireValue {
  package static let wirePrefix = "SEVERITY_"

  package var wire: Lanyard_V1_Severity {
    switch self {
    case .stop: .stop
    case .lookAgain: .lookAgain
    case .callSupervisor: .callSupervisor
    }
  }
}

extension Lanyard_V1_Severity: WireEnum {
  package typealias Value = RefusalSeverity
}
