import ArgumentParser
import Foundation
import LanyardClient
import LanyardDomain
import LanyardScanner
import LanyardTexts

/// How a command finds its server: as the device that is enrolled in a folder, where one is given, whatever that may do; else by
/// the options or the data folder.
struct CallerOptions: ParsableArguments {
  @OptionGroup var server: ServerOptions
  @OptionGroup(title: HelpText.connection) private var caller: CallingDevice

  private var device: String? { caller.device }

  func validate() throws {
    guard device != nil else { return }
    for (option, given) in [("--server", server.server), ("--token", server.token), ("--ca", server.ca)]
    where given != nil {
      throw ValidationError(Sentence(.optionNotBoth, ["one": .text("--device"), "other": .text(option)]))
    }
  }

  /// The device's folder; nil where it is not asked for. Who names a server, a token or a data folder means that.
  private var folder: DeviceFolder? {
    let hasOther = server.server != nil || server.token != nil || server.dataOptions.data != nil
    let isAsked = ProcessInfo.variable("LANYARD_DEVICE") != nil
    return device != nil || isAsked && !hasOther ? DeviceFolder(option: device) : nil
  }

  /// Server, credential and authority.
  func access() throws -> ServerAccess {
    guard let folder else { return try server.access() }
    var access = try folder.access()
    access.language = Language.ofSystem?.tag
    return access
  }

  /// Connects and hands over the client.
  func withConnection<Result: Sendable>(_ body: (ServerClient) async throws -> Result) async throws -> Result {
    try await withServerConnection(access(), body)
  }
}

/// A device to call as, and what is told of calls.
struct CallingDevice: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Call as the device that is enrolled in this folder, at its server. (default: $LANYARD_DEVICE, where it is set)",
      valueName: "folder"
    ),
    completion: .directory
  )
  var device: String?
  @Flag(name: .long, help: "Say of a call that fails what the transport says too, in English.")
  var verbose = false
}
