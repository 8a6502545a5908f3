import CCatalogues
package import LanyardDomain

extension Phrasebook {
  /// The phrasebook of a language, from the catalogues in the program; each is read once, when it is first asked for.
  package static func of(_ language: Language) -> Phrasebook {
    switch language {
    case .arabic: arabic
    case .english: english
    case .spanish: spanish
    case .french: french
    case .russian: russian
    case .chinese: chinese
    }
  }

  private static let arabic = embedded(.arabic)
  private static let english = embedded(.english)
  private static let spanish = embedded(.spanish)
  private static let french = embedded(.french)
  private static let russian = embedded(.russian)
  private static let chinese = embedded(.chinese)

  private static func embedded(_ language: Language) -> Phrasebook {
    do throws(CatalogueError) {
      return try Phrasebook(language, Catalogue.embedded(language))
    } catch {
      // The catalogues are part of the program, and a test reads each.
      preconditionFailure("\(language.tag).po: \(error)")
    }
  }
}

extension Catalogue {
  /// The catalogue of a language that is in the program.
  ///
  /// - Throws: `CatalogueError` where it cannot be read.
  static func embedded(_ language: Language) throws(CatalogueError) -> Catalogue {
    let file =
      switch language {
      case .arabic: lanyard_catalogue_ar()
      case .english: lanyard_catalogue_en()
      case .spanish: lanyard_catalogue_es()
      case .french: lanyard_catalogue_fr()
      case .russian: lanyard_catalogue_ru()
      case .chinese: lanyard_catalogue_zh()
      }
    return try Catalogue(reading: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
  }
}
