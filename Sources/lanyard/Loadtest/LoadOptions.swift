import ArgumentParser
import Foundation
import LanyardLoad
import LanyardTexts

/// Where a load test makes its folder; every one that has servers of its own has it.
struct LoadOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "Folder on the disk to play on, which is measured. (default: the machine's folder for temporary files)",
    completion: .directory
  )
  var folder: String?

  func validate() throws {
    guard let folder else { return }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw ValidationError(Sentence(.optionNoFolder, ["option": .text("--folder \(folder)")]))
    }
    // A store, tokens and keys lie in it while it is played.
    try FilePlace.refuseDataFolder("--folder", folder)
  }

  var place: URL {
    folder.map { URL(fileURLWithPath: $0, isDirectory: true) } ?? FileManager.default.temporaryDirectory
  }
}

extension LoadScreen {
  /// Shows a load test until it ends, however it does.
  ///
  /// - Throws: `CommandFailure` for what kept it from being played, and what the body throws.
  func during<Value: Sendable>(
    _ body: @escaping @Sendable (Interruption) async throws -> Value
  ) async throws -> Value {
    defer { clear() }
    do {
      return try await RunInterrupts.with(body)
    } catch let failure as LoadFailure {
      throw CommandFailure(failure)
    } catch let unmeasured as LoadRun.Unmeasured {
      throw CommandFailure(status: .negative, message: "lanyard: \(unmeasured)")
    } catch let failure as ServerProcess.NotReady {
      throw CommandFailure.unreachable("lanyard: \(failure)")
    }
  }
}
