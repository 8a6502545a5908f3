package import LanyardAPI
package import LanyardDomain

extension BadgeSheet: WireValue {
  package static let wirePrefix = "SHEET_"

  package var wire: Lanyard_V1_RenderBadgesRequest.Sheet {
    switch self {
    case .single: .single
    case .a4: .a4
    }
  }
}

extension Lanyard_V1_RenderBadgesRequest.Sheet: WireEnum {
  package typealias Value = BadgeSheet
}

extension BadgeDesignName: WireValue {
  package static let wirePrefix = "DESIGN_"

  package var wire: Lanyard_V1_RenderBadgesRequest.Design {
    switch self {
    case .conference: .conference
    case .label: .label
    case .phone: .phone
    }
  }
}

extension Lanyard_V1_RenderBadgesRequest.Design: WireEnum {
  package typealias Value = BadgeDesignName
}

extension BadgePictureFormat: WireValue {
  package static let wirePrefix = "FORMAT_"

  package var wire: Lanyard_V1_RenderBadgeRequest.Format {
    switch self {
    case .png: .png
    case .svg: .svg
    case .pdf: .pdf
    case .phone: .phone
    }
  }
}

extension Lanyard_V1_RenderBadgeRequest.Format: WireEnum {
  package typealias Value = BadgePictureFormat
}

extension HardnessReason: WireValue {
  package static let wirePrefix = "REASON_"

  package var wire: Lanyard_V1_PreviewBadgesResponse.Reason {
    switch self {
    case .smallestLetters: .smallestLetters
    case .longestName: .longestName
    case .mostLines: .mostLines
    case .highestLetters: .highestLetters
    case .singleName: .singleName
    case .longestOrganisation: .longestOrganisation
    case .script: .script
    }
  }
}

extension Lanyard_V1_PreviewBadgesResponse.Reason: WireEnum {
  package typealias Value = HardnessReason
}
