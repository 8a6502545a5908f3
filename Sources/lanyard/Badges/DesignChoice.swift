import BadgePrinting
import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// What a badge looks like, as `--design` says it: a delivered design by its name, or a file with its logos beside it.
enum DesignChoice {
  case delivered(BadgeDesignName)
  case file(BadgeDesignFile)

  /// - Throws: `CommandFailure` where there is none of that name, `BadgeDesignFaults` where the file's design cannot be used.
  init(_ text: String) throws {
    if let name = BadgeDesignName(argument: text) {
      self = .delivered(name)
      return
    }
    // A file's path has a folder or an ending.
    let place = URL(filePath: text)
    guard !place.pathExtension.isEmpty || place.lastPathComponent != text else {
      throw CommandFailure.usage(Self.unknown(text))
    }
    self = .file(try Self.read(text))
  }

  /// That no design of this name is delivered.
  static func unknown(_ name: String) -> Sentence {
    let advice = NearestName.advice(for: name, known: BadgeDesignName.allValueStrings)
    return Sentence(
      .badgeDesignNotDelivered,
      ["name": .text(name), "advice": .sentence(Sentence(advice)), "file": .text("./\(name).yaml")]
    )
  }

  /// A design's file with the logos that it names, read and found to be sound, but for its texts, which a server measures.
  static func read(_ path: String) throws -> BadgeDesignFile {
    let file = try gathered(path)
    _ = try BadgeDesign(file)
    return file
  }

  /// A design's file with the logos that it names.
  static func gathered(_ path: String) throws -> BadgeDesignFile {
    let content = Array(try InputFile.read(path))
    let place = URL(filePath: path)
    let bare = BadgeDesignFile(name: place.lastPathComponent, content: content)
    var logos: [String: [UInt8]] = [:]
    for name in BadgeDesign.logoNames(in: bare) {
      // Of one that is not there the design's faults tell, with the line that names it.
      let logo = try? FileHandle(forReadingFrom: place.deletingLastPathComponent().appending(component: name))
      logos[name] = try logo?.read(upToCount: BadgeDesignFile.logoByteLimit + 1).map(Array.init)
    }
    return BadgeDesignFile(name: bare.name, content: content, logos: logos)
  }

  /// Runs what reads designs; faults of one are told a line each.
  static func telling<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let faults as BadgeDesignFaults {
      for sentence in faults.sentences { Console.error(Phrasebook.ofSystem.text(sentence)) }
      throw ExitStatus.content
    }
  }
}

extension Lanyard_V1_RenderBadgesRequest {
  mutating func take(_ choice: DesignChoice) {
    switch choice {
    case .delivered(let name): design = name.wire
    case .file(let file): designFile = Lanyard_V1_BadgeDesignFile(file)
    }
  }
}

extension Lanyard_V1_PreviewBadgesRequest {
  mutating func take(_ choice: DesignChoice) {
    switch choice {
    case .delivered(let name): design = name.wire
    case .file(let file): designFile = Lanyard_V1_BadgeDesignFile(file)
    }
  }
}
