"""What an account is made of: its name, its password, its second factors. Pure; knows no table and no page."""
