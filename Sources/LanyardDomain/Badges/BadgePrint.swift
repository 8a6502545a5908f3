/// How badges lie on the paper.
package enum BadgeSheet: String, Spelled {
  /// A page as large as a badge, front and back in turn, as badge and label printers take it.
  case single = "SINGLE"
  /// A4 sheets with crop marks. Where the design has a back, each sheet is two pages: turned over its long edge, each back
  /// lies behind its front.
  case a4 = "A4"
}

/// A design of badges that is delivered.
package enum BadgeDesignName: String, Spelled {
  case conference = "CONFERENCE"
  case label = "LABEL"
  /// The screen of a telephone.
  case phone = "PHONE"
}

/// In which form one badge is drawn for a screen or a program.
package enum BadgePictureFormat: String, Spelled {
  /// The QR symbol of its code.
  case png = "PNG"
  case svg = "SVG"
  case pdf = "PDF"
  /// The whole badge as a picture for a telephone.
  case phone = "PHONE"

  /// The media type of the file (RFC 6838).
  package var mediaType: String {
    switch self {
    case .png, .phone: "image/png"
    case .svg: "image/svg+xml"
    case .pdf: "application/pdf"
    }
  }
}

/// Why a badge is among those that are hardest to set.
package enum HardnessReason: String, Spelled {
  /// Its name is set in the smallest letters.
  case smallestLetters = "SMALLEST_LETTERS"
  /// Its name is the longest in letters of one size.
  case longestName = "LONGEST_NAME"
  case mostLines = "MOST_LINES"
  /// The letters of its name with their marks are the highest, those of one size.
  case highestLetters = "HIGHEST_LETTERS"
  /// The longest of those who have a single name.
  case singleName = "SINGLE_NAME"
  /// Its organisation is the longest in letters of one size.
  case longestOrganisation = "LONGEST_ORGANISATION"
  /// The smallest letters among the names of a script.
  case script = "SCRIPT"
}
