import ArgumentParser
import Foundation
import LanyardClient
import LanyardDomain
import LanyardScanner
import LanyardTexts

/// Where a lane scans, and as whom.
struct LaneOptions: ParsableArguments {
  @OptionGroup var server: ServerOptions
  @OptionGroup(title: HelpText.connection) private var own: LaneDevice
  @Option(
    name: .long,
    help:
      "The checkpoint: its name on the screens, its id, or its resource name. (default: the device's, if it has one)"
  )
  var checkpoint: String?
  @Option(name: .long, help: "Slug of the event, where several have such a checkpoint.", transform: EventSlug.read)
  var event: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Language of the operators: ar, en, es, fr, ru or zh; kept for the next time. (default: as kept, else the system's)",
      valueName: "language"
    )
  )
  var language: Language?

  var device: String? { own.device }

  /// The folder of the device; nil where it is a lane without one.
  private var folder: DeviceFolder? { .ofLane(option: device, server) }

  /// The language of the operators: the one that is asked for, else as kept, else the system's.
  var spoken: Language { language ?? LaneLanguage(folder: server.journals(option: device)).known() }

  /// Finds out which device and which checkpoint are meant.
  func resolve() async throws -> LanePlace {
    let meant = try EventChoice(event, beside: [checkpoint].compactMap(\.self)).said
    if let folder {
      let place = try await LanePlace.find(in: folder, checkpoint: checkpoint, language: language)
      let own = try folder.identity().device.event
      guard meant ?? own == own else { throw EventMismatch(name: place.displayName, event: meant ?? own) }
      return place
    }
    let lanes = server.dataOptions.folder.lanes
    return try await .find(server.access, lanes: lanes, checkpoint: checkpoint, event: event, language: language)
  }
}

extension ServerOptions {
  /// Where a lane that is found by these options keeps its journals.
  ///
  /// - Parameter option: As given with --device.
  func journals(option: String?) -> String {
    DeviceFolder.ofLane(option: option, self)?.path ?? dataOptions.folder.lanes
  }
}

/// The device that a lane is.
struct LaneDevice: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Folder of the enrolled device. (default: $LANYARD_DEVICE, else ./lanyard-device if it is there)",
      valueName: "folder"
    ),
    completion: .directory
  )
  var device: String?
}

extension DeviceFolder {
  /// The folder of a lane's device; nil where it is a lane without one.
  ///
  /// - Parameter option: As given with --device.
  static func ofLane(option: String?, _ server: ServerOptions) -> DeviceFolder? {
    let folder = DeviceFolder(option: option)
    let isAsked = option != nil || ProcessInfo.variable("LANYARD_DEVICE") != nil
    let hasOther = server.server != nil || server.token != nil
    return isAsked || (folder.isEnrolled && !hasOther) ? folder : nil
  }

  /// - Parameter option: As given with --device; nil takes LANYARD_DEVICE, else ./lanyard-device.
  init(option: String?) {
    self.init(path: option ?? ProcessInfo.variable("LANYARD_DEVICE") ?? "./lanyard-device")
  }
}

extension Language: ExpressibleByArgument {
  /// - Parameter argument: A tag; its region does not matter.
  package init?(argument: String) {
    self.init(tag: argument)
  }
}
