package import LanyardAPI
package import LanyardDomain

extension ExportFormat: WireValue {
  package static let wirePrefix = "FORMAT_"

  package var wire: Lanyard_V1_ExportRegistrationsRequest.Format {
    switch self {
    case .csv: .csv
    case .jsonLines: .jsonLines
    }
  }
}

extension Lanyard_V1_ExportRegistrationsRequest.Format: WireEnum {
  package typealias Value = ExportFormat
}

extension TableSeparator: WireValue {
  package static let wirePrefix = "SEPARATOR_"

  package var wire: Lanyard_V1_ExportRegistrationsRequest.Separator {
    switch self {
    case .comma: .comma
    case .semicolon: .semicolon
    case .tab: .tab
    }
  }
}

extension Lanyard_V1_ExportRegistrationsRequest.Separator: WireEnum {
  package typealias Value = TableSeparator
}
