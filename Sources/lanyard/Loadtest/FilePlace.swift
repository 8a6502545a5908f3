import ArgumentParser
import Foundation
import LanyardTexts

/// Where a path leads in the end, whether anything is there already or not: its folder without links, and the name in it; a link
/// that leads to nothing yet is followed as well.
struct FilePlace: Hashable {
  /// As many links as the system follows (path_resolution(7)).
  private static let linkLimit = 40

  private let path: String

  init(_ path: String) {
    var place = path
    for _ in 0..<Self.linkLimit {
      place = Self.withoutLinks(before: place)
      var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      let count = readlink(place, &target, Int(PATH_MAX))
      guard count > 0 else { break }
      let link = String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      place = link.hasPrefix("/") ? link : "\((place as NSString).deletingLastPathComponent)/\(link)"
    }
    self.path = place
  }

  /// Whether what is there is no file but a device or a pipe, which may be written to by many.
  var isDevice: Bool {
    // What is not there is none.
    let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    return kind.map { ![.typeRegular, .typeDirectory].contains($0) } ?? false
  }

  /// The data folder that is there, or around it, links followed; nil where there is none.
  static func dataFolder(of path: String) -> String? {
    // What is not there yet has the place that it will have.
    let real = realpath(path, nil).map { real in
      defer { free(real) }
      return String(cString: real)
    }
    var folder = real ?? FilePlace(path).path
    while !FileManager.default.fileExists(atPath: DataFolder(path: folder).database) {
      guard folder != "/", !folder.isEmpty else { return nil }
      folder = (folder as NSString).deletingLastPathComponent
    }
    return folder
  }

  /// Makes sure that nothing is put into the data folder of a server.
  ///
  /// - Throws: `ValidationError`, which names the option.
  static func refuseDataFolder(_ option: String, _ path: String) throws {
    guard let folder = dataFolder(of: path) else { return }
    let facts: [String: Sentence.Fact] = ["option": .text("\(option) \(path)"), "folder": .text(folder)]
    throw ValidationError(Sentence(.optionDataFolder, facts))
  }

  /// The path with the folder's own place before the name.
  private static func withoutLinks(before path: String) -> String {
    let path = (path as NSString).isAbsolutePath ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    let (folder, name) = ((path as NSString).deletingLastPathComponent, (path as NSString).lastPathComponent)
    // A folder that is not there has no other place.
    guard let real = realpath(folder, nil) else { return path }
    defer { free(real) }
    let place = String(cString: real)
    return place == "/" ? "/\(name)" : "\(place)/\(name)"
  }
}
