import ArgumentParser
import BadgePrinting
import Foundation
import LanyardDomain
import LanyardTexts

extension BadgeCommand {
  /// `lanyard badge design`.
  struct DesignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "design",
      abstract: "Designs of badges: check a file, or show a delivered one to begin from.",
      subcommands: [CheckCommand.self, ShowCommand.self]
    )
  }
}

extension BadgeCommand.DesignCommand {
  /// `lanyard badge design check`.
  struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Say what is wrong with a design, without a server.",
      discussion: """
        Each fault is a line with the file, the line in it, the box and the key, and what to do; the command ends with 1 then. \
        Ids of groups, roles and zones are compared with the event's when it prints.
        """
    )

    @Argument(help: "The design, YAML in UTF-8, its logos beside it.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    /// Nil, of which the operator is told, where not all of them are on this machine.
    private static func fonts() throws -> BadgeFonts? {
      do {
        return try BadgeFonts()
      } catch DrawingError.fontsMissing(let families, _) {
        Console.error(Sentence(.doneNoFontsToMeasure, ["families": .list(families)]), .ofSystem)
        return nil
      }
    }

    func run() throws {
      let (file, design) = try DesignChoice.telling {
        let file = try DesignChoice.gathered(self.file)
        return (file, try BadgeDesign(file, fonts: Self.fonts()))
      }
      let facts: [String: Sentence.Fact] = [
        "file": .text(self.file), "boxes": .count(design.boxes.count), "logos": .count(file.logos.count),
      ]
      Console.say(.doneDesignFine, facts)
    }
  }

  /// `lanyard badge design show`.
  struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print the file of a delivered design, to make your own from.",
      discussion: "lanyard badge design show conference > forum.yaml"
    )

    @Argument(help: "Which one.")
    var name: BadgeDesignName

    func run() throws { Console.write(Data(BadgeDesign.file(ofDelivered: name).content)) }
  }
}
