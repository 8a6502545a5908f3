package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension DuplicateSearch.Kind: WireValue {
  package static let wirePrefix = "KIND_"

  package var wire: Lanyard_V1_FindDuplicatesResponse.Group.Kind {
    switch self {
    case .samePerson: .samePerson
    case .similarAddress: .similarAddress
    }
  }
}

extension Lanyard_V1_FindDuplicatesResponse.Group.Kind: WireEnum {
  package typealias Value = DuplicateSearch.Kind
}

extension Lanyard_V1_FindDuplicatesResponse {
  /// The most groups, and registrations of one, that are told.
  private static let groupLimit = 500
  private static let registrationLimit = 20

  package init(_ groups: [DuplicateSearch.Group]) {
    self.init()
    totalSize = Int32(clamping: groups.count)
    self.groups = groups.prefix(Self.groupLimit).map { found in
      Group.with {
        $0.kind = found.kind.wire
        $0.registrations = found.registrations.prefix(Self.registrationLimit).map(Lanyard_V1_Registration.init)
        $0.totalSize = Int32(clamping: found.registrations.count)
      }
    }
  }
}
