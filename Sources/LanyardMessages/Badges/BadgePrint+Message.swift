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
    }
  }
}

extension Lanyard_V1_RenderBadgesRequest.Design: WireEnum {
  package typealias Value = BadgeDesignName
}
