"""The dataset in other forms: tables, an OWL file for Protégé, an atlas, examples for terms."""
