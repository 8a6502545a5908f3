package import LanyardDomain

extension BadgeDesign {
  /// The delivered design of this name.
  package static func delivered(_ name: BadgeDesignName) -> BadgeDesign {
    switch name {
    case .conference: conference
    case .label: label
    case .phone: phone
    }
  }

  /// Its file, to make another one from.
  package static func file(ofDelivered name: BadgeDesignName) -> BadgeDesignFile {
    switch name {
    case .conference: BadgeDesignFile(name: "conference.yaml", content: PackageResources.conference_yaml)
    case .label: BadgeDesignFile(name: "label.yaml", content: PackageResources.label_yaml)
    case .phone: BadgeDesignFile(name: "phone.yaml", content: PackageResources.phone_yaml)
    }
  }

  private static let conference = read(.conference)
  private static let label = read(.label)
  private static let phone = read(.phone)

  private static func read(_ name: BadgeDesignName) -> BadgeDesign {
    do throws(BadgeDesignFaults) {
      return try BadgeDesign(file(ofDelivered: name))
    } catch {
      preconditionFailure("a delivered design has faults: \(error.faults)")
    }
  }
}
