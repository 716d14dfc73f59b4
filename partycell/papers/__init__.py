"""Paper: HTML to PDF on a site and off it, page breaks, QR codes; the office's margins, numbers of minutes."""
